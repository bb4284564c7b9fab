package io.tributary.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/** A report for programs. */
final class ReportJson {

    private ReportJson() {}

    static String of(String lake, AuditLevel depth, AuditReport report) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("lake", lake);
        root.put("depth", depth.name().toLowerCase(Locale.ROOT));
        root.put("balanced", report.isBalanced());
        ArrayNode tables = root.putArray("tables");
        report.tables().forEach(span -> tables.addObject()
                .put("table", span.table())
                .put("first_version", span.first())
                .put("last_version", span.last())
                .put("commits", span.commits())
                .put("pipeline_commits", span.pipelineCommits())
                .put("rows", span.rows()));
        ArrayNode partitions = root.putArray("partitions");
        report.partitions().forEach((id, totals) -> partitions
                .addObject()
                .put("data_center", id.dataCenter())
                .put("topic", id.topic())
                .put("partition", id.partition())
                .put("from", totals.from())
                .put("until", totals.until())
                .put("batches", totals.batches())
                .put("read", totals.read())
                .put("staged", totals.staged())
                .put("duplicate", totals.duplicate())
                .put("quarantined", totals.quarantined())
                .put("cast_failures", totals.castFailures())
                .put("implausible_timestamps", totals.implausibleTimestamps())
                .put("skipped", totals.skipped())
                .put("pending", totals.pending())
                .put("erased", totals.erased())
                .put("without_event", totals.withoutEvent()));
        ObjectNode dataCenters = root.putObject("data_centers");
        report.dataCenters().forEach((name, totals) -> dataCenters
                .putObject(name)
                .put("staged", totals.staged())
                .put("merged", totals.merged())
                .put("duplicates", totals.duplicates())
                .put("pending", totals.pending())
                .put("erased", totals.erased())
                .put("removed", totals.removed()));
        ranges(root.putArray("skipped"), report.unread().skipped());
        ranges(root.putArray("expired"), report.unread().expired());
        ranges(root.putArray("pending"), report.unread().pending());
        root.put("offsets_skipped", UnreadOffsets.offsets(report.unread().skipped()));
        root.put("offsets_expired", UnreadOffsets.offsets(report.unread().expired()));
        root.put("offsets_waiting", UnreadOffsets.offsets(report.unread().pending()));
        ObjectNode reasons = root.putObject("quarantine_reasons");
        report.reasons().forEach((name, counts) -> counts.forEach(reasons.putObject(name)::put));
        root.put("merge", report.merge());
        root.put("merge watermark", report.watermark());
        ArrayNode findings = root.putArray("findings");
        report.findings().forEach(finding -> findings.addObject()
                .put("kind", finding.kind().name().toLowerCase(Locale.ROOT))
                .put("table", finding.table())
                .put("version", finding.version())
                .put("place", finding.place())
                .put("expected", finding.expected())
                .put("found", finding.found())
                .put("remedy", finding.kind().remedy()));
        root.put("findings_beyond", report.findingsBeyond());
        ArrayNode notes = root.putArray("notes");
        report.notes().forEach(notes::add);
        return root.toPrettyString() + "\n";
    }

    private static void ranges(ArrayNode array, List<UnreadOffsets.Range> ranges) {
        ranges.forEach(range -> array.addObject()
                .put("data_center", range.offsets().partition().dataCenter())
                .put("topic", range.offsets().partition().topic())
                .put("partition", range.offsets().partition().partition())
                .put("from", range.offsets().from())
                .put("until", range.offsets().until())
                .put("batch", range.batch())
                .put("since", range.since())
                .put("why", range.why()));
    }
}
