package io.tributary.lab.chaos;

import io.tributary.lab.evaluate.Report;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Locale;

/** What the data centers felt of one another's troubles, and the verdict on what they sent. */
record IsolationReport(List<Isolation> isolations, Report run) implements Outcome {

    IsolationReport {
        isolations = List.copyOf(isolations);
    }

    @Override
    public boolean isGood() {
        return run.isExact() && isUnharmed();
    }

    private boolean isUnharmed() {
        return !isolations.isEmpty() && isolations.stream().allMatch(Isolation::isUnharmed);
    }

    @Override
    public String text() {
        StringBuilder text = new StringBuilder(run.text());
        text.append(line(
                "%n  %-22s%-8s%12s%12s%8s%12s%n",
                "trouble of another", "", "p99 before", "p99 during", "ratio", "first blip"));
        for (Isolation one : isolations) {
            text.append(line(
                    "  %-22s%-8s%10.1f s%10.1f s%8.2f%10.1f s%n",
                    one.trouble().word(),
                    one.dataCenter(),
                    one.before().p99() / 1e3,
                    one.during().p99() / 1e3,
                    one.ratio(),
                    one.stall().toMillis() / 1e3));
        }
        text.append(line(
                "%n  VERDICT: %s, the others %s (ratio at most %.1f, one blip of less than %d s)%n",
                run.verdict(),
                isUnharmed() ? "unharmed" : "harmed",
                Isolation.MAX_FRESHNESS_RATIO,
                Isolation.MAX_BLIP.toSeconds()));
        return text.toString();
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    @Override
    public String json() {
        JsonArrayBuilder all = Json.createArrayBuilder();
        for (Isolation one : isolations) {
            all.add(Json.createObjectBuilder()
                    .add("trouble", one.trouble().word())
                    .add("data_center", one.dataCenter())
                    .add("p99_before_ms", one.before().p99())
                    .add("p99_during_ms", one.during().p99())
                    .add("ratio", one.ratio())
                    .add("blip_ms", one.stall().toMillis()));
        }
        JsonObjectBuilder json =
                Json.createObjectBuilder().add("unharmed", isUnharmed()).add("isolation", all);
        return ReportFields.text(json, run);
    }
}
