package io.tributary.lab.chaos;

import io.tributary.lab.evaluate.Examples;
import io.tributary.lab.evaluate.Report;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What came of hostile records, and what the others felt of them.
 *
 * @param unaccounted by how many the committed records of the hostile data center differ from those that were read
 * @param restarts how often the streaming query failed
 * @param ownEnds with which exit codes each job ended by itself
 */
record FuzzReport(
        long seed,
        Report run,
        ChaosReport.Audit audit,
        HostileRows rows,
        long unaccounted,
        List<ObservedImpact> felt,
        long restarts,
        Map<String, List<Integer>> ownEnds)
        implements Outcome {

    FuzzReport {
        felt = List.copyOf(felt);
        ownEnds = Map.copyOf(ownEnds);
    }

    @Override
    public boolean isGood() {
        return isExact() && audit == ChaosReport.Audit.BALANCED && isUndisturbed();
    }

    private boolean isExact() {
        return run.isExact() && rows.misread().count() == 0 && rows.doubled().count() == 0 && unaccounted == 0;
    }

    private boolean isUndisturbed() {
        return restarts == 0 && ownEnds.isEmpty() && felt.stream().allMatch(ObservedImpact::isUnharmed);
    }

    @Override
    public String text() {
        StringBuilder text = new StringBuilder(run.text());
        text.append(line(
                "%n  %-26s%,14d   events of the hostile data center, seed %d%n",
                "columns compared", rows.events(), seed));
        findings(text, "misread", rows.misread());
        findings(text, "twice by coordinates", rows.doubled());
        text.append(line("  %-26s%,14d   read and sent do not agree by so many%n", "unaccounted", unaccounted));
        text.append(line("  %-26s%,14d   of the streaming query%n", "restarts", restarts));
        ownEnds.forEach((job, codes) ->
                text.append(line("  %-26s%14d   exit codes %s%n", job + " ended", codes.size(), codes)));
        text.append(line(
                "%n  %-22s%12s%12s%12s%12s%n", "the others", "p99 before", "p99 during", "max before", "max during"));
        for (ObservedImpact one : felt) {
            text.append(line(
                    "  %-22s%10.1f s%10.1f s%10.1f s%10.1f s%n",
                    one.dataCenter(),
                    one.before().p99() / 1e3,
                    one.during().p99() / 1e3,
                    one.before().max() / 1e3,
                    one.during().max() / 1e3));
        }
        text.append(line(
                "%n  VERDICT: %s, audit %s, the others %s%n",
                isExact() ? "exact" : "not exact", audit.describe(), isUndisturbed() ? "undisturbed" : "disturbed"));
        return text.toString();
    }

    private static void findings(StringBuilder text, String name, Examples<String> findings) {
        text.append(line("  %-26s%,14d%n", name, findings.count()));
        findings.examples()
                .forEach(example -> text.append("      ").append(example).append('\n'));
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    @Override
    public String json() {
        JsonArrayBuilder others = Json.createArrayBuilder();
        for (ObservedImpact one : felt) {
            others.add(Json.createObjectBuilder()
                    .add("data_center", one.dataCenter())
                    .add("p99_before_ms", one.before().p99())
                    .add("p99_during_ms", one.during().p99())
                    .add("max_before_ms", one.before().max())
                    .add("max_during_ms", one.during().max()));
        }
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("seed", seed)
                .add("is_good", isGood())
                .add("audit", audit.describe())
                .add("misread", rows.misread().count())
                .add("twice_by_coordinates", rows.doubled().count())
                .add("unaccounted", unaccounted)
                .add("restarts", restarts)
                .add("others", others);
        return ReportFields.text(json, run);
    }
}
