package io.tributary.lab.evaluate;

import io.tributary.lab.evaluate.Differences.Named;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonWriter;
import jakarta.json.stream.JsonGenerator;
import java.io.StringWriter;
import java.util.Map;

/** A report as a JSON object. */
final class ReportJson {

    private ReportJson() {}

    static String of(Report report) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("verdict", report.verdict())
                .add("sent", report.sent().all())
                .add("unique", report.sent().events())
                .add("duplicates_sent", report.sent().duplicates())
                .add("malformed_sent", report.sent().malformed())
                .add("visible", report.visible())
                .add("quarantined", report.quarantined())
                .add("lost", report.exempt().lost())
                .add("unread", report.exempt().unread())
                .add("erased", report.exempt().erased())
                .add("rejected_erased", report.exempt().rejectedErased());
        for (Named difference : report.differences().all()) {
            json.add(difference.name(), difference.findings().count());
        }
        json.add("freshness_ms", freshness(report.freshness()))
                .add("freshness_on_time_ms", freshness(report.freshnessOnTime()))
                .add("merges", report.work().merges())
                .add("polls", report.work().polls())
                .add("files_before", report.work().filesBefore())
                .add("files_after", report.work().filesAfter())
                .add("resident_memory_mb", report.work().residentMegabytes())
                .add("data_centers", dataCenters(report))
                .add("examples", examples(report.differences()))
                .add("troubles", Json.createArrayBuilder(report.troubles()));
        StringWriter text = new StringWriter();
        try (JsonWriter writer = Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
                .createWriter(text)) {
            writer.write(json.build());
        }
        return text.toString().strip() + "\n";
    }

    private static JsonObjectBuilder freshness(Freshness freshness) {
        return Json.createObjectBuilder()
                .add("events", freshness.events())
                .add("p50", freshness.p50())
                .add("p95", freshness.p95())
                .add("p99", freshness.p99())
                .add("max", freshness.max());
    }

    private static JsonObjectBuilder dataCenters(Report report) {
        JsonObjectBuilder all = Json.createObjectBuilder();
        for (DataCenterReport dataCenter : report.dataCenters()) {
            all.add(
                    dataCenter.name(),
                    Json.createObjectBuilder()
                            .add("sent", dataCenter.sent().all())
                            .add("events", dataCenter.sent().events())
                            .add("duplicates_sent", dataCenter.sent().duplicates())
                            .add("malformed_sent", dataCenter.sent().malformed())
                            .add("read", dataCenter.processed().read())
                            .add("staged", dataCenter.processed().staged())
                            .add("duplicates", dataCenter.processed().duplicates())
                            .add("quarantined", dataCenter.processed().quarantined())
                            .add("merged", dataCenter.processed().merged())
                            .add("merge_duplicates", dataCenter.processed().mergeDuplicates())
                            .add("freshness_ms", freshness(dataCenter.freshness())));
        }
        return all;
    }

    private static JsonObjectBuilder examples(Differences differences) {
        JsonObjectBuilder all = Json.createObjectBuilder();
        for (Named difference : differences.all()) {
            if (difference.findings().count() > 0) {
                JsonArrayBuilder examples = Json.createArrayBuilder();
                difference.findings().examples().forEach(examples::add);
                all.add(difference.name(), examples);
            }
        }
        return all;
    }
}
