package io.tributary.lab.chaos;

import io.tributary.lab.evaluate.Exempt;
import io.tributary.lab.evaluate.Report;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What came of an operator's work.
 *
 * @param typed every command, in its order
 * @param felt what the data centers felt of which step, to which nothing was done in it
 * @param audit what the audit that was typed at the end said
 * @param ownEnds with which exit codes each job ended by itself
 */
record OperatorReport(
        long seed,
        Report run,
        List<TypedCommand> typed,
        Map<String, List<ObservedImpact>> felt,
        ChaosReport.Audit audit,
        Map<String, List<Integer>> ownEnds)
        implements Outcome {

    /** One event was erased. The load of the data center that was drained had stopped, so all that was sent is read. */
    private static final Exempt WANTED = new Exempt(0, 0, 1, 0);

    OperatorReport {
        typed = List.copyOf(typed);
    }

    @Override
    public boolean isGood() {
        return run.isExact()
                && run.exempt().equals(WANTED)
                && audit == ChaosReport.Audit.BALANCED
                && isUnharmed()
                && ownEnds.isEmpty();
    }

    private boolean isUnharmed() {
        return !felt.isEmpty() && felt.values().stream().flatMap(List::stream).allMatch(ObservedImpact::isUnharmed);
    }

    @Override
    public String text() {
        StringBuilder text = new StringBuilder(run.text());
        text.append(line("%n  %-26s%,14d   commands%n", "typed", typed.size()));
        ownEnds.forEach((job, codes) ->
                text.append(line("  %-26s%14d   exit codes %s%n", job + " ended", codes.size(), codes)));
        text.append(line(
                "%n  %-26s%-8s%12s%12s%12s%12s%n",
                "meanwhile, of the others", "", "p99 before", "p99 during", "max before", "max during"));
        felt.forEach((step, others) -> others.forEach(one -> text.append(line(
                "  %-26s%-8s%10.1f s%10.1f s%10.1f s%10.1f s%n",
                step,
                one.dataCenter(),
                one.before().p99() / 1e3,
                one.during().p99() / 1e3,
                one.before().max() / 1e3,
                one.during().max() / 1e3))));
        return text.append(line(
                        "%n  VERDICT: %s, audit %s, the others %s%n",
                        run.verdict(), audit.describe(), isUnharmed() ? "unharmed" : "harmed"))
                .toString();
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    @Override
    public String json() {
        JsonArrayBuilder commands = Json.createArrayBuilder();
        typed.forEach(command -> commands.add(Json.createObjectBuilder()
                .add("command", command.text())
                .add("exit_code", command.exitCode())
                .add("took_ms", command.took().toMillis())));
        JsonArrayBuilder others = Json.createArrayBuilder();
        felt.forEach((step, all) -> all.forEach(one -> others.add(Json.createObjectBuilder()
                .add("step", step)
                .add("data_center", one.dataCenter())
                .add("p99_before_ms", one.before().p99())
                .add("p99_during_ms", one.during().p99())
                .add("max_before_ms", one.before().max())
                .add("max_during_ms", one.during().max()))));
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("seed", seed)
                .add("is_good", isGood())
                .add("audit", audit.describe())
                .add("commands", commands)
                .add("others", others);
        return ReportFields.text(json, run);
    }
}
