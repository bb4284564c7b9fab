package io.tributary.lab.chaos;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.Set;

/** A report as a JSON object: the faults, then what every run's report has. */
final class ChaosReportJson {

    private ChaosReportJson() {}

    static String of(ChaosReport report) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("rounds", report.schedule().faults().size())
                .add("seed", report.schedule().seed())
                .add("faults", faults(report))
                .add("recovery_ms", recoveries(report))
                .add("audit", report.audit().describe())
                .add("polls_lost", report.excused())
                .add("requests_faulted", report.faulted())
                .add("own_ends", ownEnds(report));
        return ReportFields.text(json, report.run());
    }

    private static JsonObjectBuilder faults(ChaosReport report) {
        JsonObjectBuilder faults = Json.createObjectBuilder();
        report.schedule().byKind().forEach((kind, times) -> faults.add(kind.word(), times));
        return faults;
    }

    private static JsonObjectBuilder recoveries(ChaosReport report) {
        JsonObjectBuilder byKind = Json.createObjectBuilder();
        Set<FaultKind> kinds = report.schedule().byKind().keySet();
        for (FaultKind kind : kinds) {
            JsonArrayBuilder times = Json.createArrayBuilder();
            report.recoveries().stream()
                    .filter(recovery -> recovery.fault().kind() == kind)
                    .forEach(recovery -> times.add(recovery.time().toMillis()));
            byKind.add(kind.word(), times);
        }
        return byKind;
    }

    private static JsonObjectBuilder ownEnds(ChaosReport report) {
        JsonObjectBuilder ends = Json.createObjectBuilder();
        report.ownEnds().forEach((job, codes) -> {
            JsonArrayBuilder all = Json.createArrayBuilder();
            codes.forEach(all::add);
            ends.add(job, all);
        });
        return ends;
    }
}
