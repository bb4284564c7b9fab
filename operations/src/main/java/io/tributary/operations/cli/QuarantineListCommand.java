package io.tributary.operations.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.config.yaml.Quoted;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.replay.ReplayRequest;
import io.tributary.lake.replay.ReplayRequests;
import io.tributary.operations.replay.QuarantineFiles;
import io.tributary.operations.replay.QuarantineFilter;
import io.tributary.operations.replay.ReplayOutcome;
import io.tributary.operations.text.TextTable;
import io.tributary.operations.text.Words;
import io.tributary.runtime.HadoopFiles;
import io.tributary.schema.Lake;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tributary quarantine list}. */
@Command(
        name = "list",
        description = "Counts the records that were refused by data center and reason, and lists what was replayed, by"
                + " whom and why, and what came of it. A record that was replayed stays where it is, as history.",
        footer = {"%nExample:", "  tributary quarantine list --lake s3://bucket/lake --since 2026-03-01T00:00:00Z"})
final class QuarantineListCommand implements Callable<Integer> {

    static final int SHUFFLE_PARTITIONS = 4;

    private final Environment environment;

    @Mixin
    private LakeOptions lake;

    @Mixin
    private QuarantineFilterOptions records;

    @Option(names = "--json", description = "Answer in JSON.")
    private boolean json;

    QuarantineListCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws Exception {
        Lake place = lake.lake(environment);
        QuarantineFilter filter = records.filter(environment, place);
        Map<ReplayRequest, ReplayOutcome> replays = replays(place);
        List<QuarantineFiles.Group> groups = new QuarantineFiles(place, environment.hadoop()).groups(filter);
        environment.out().println(json ? json(groups, replays) : text(filter, groups, replays));
        return ExitCode.FINE;
    }

    private Map<ReplayRequest, ReplayOutcome> replays(Lake place) {
        CommitLog log = new CommitLog(place.staging(), environment.hadoop());
        Map<ReplayRequest, ReplayOutcome> replays = new LinkedHashMap<>();
        new ReplayRequests(place.replays(), new HadoopFiles(environment.hadoop()))
                .all()
                .forEach(request -> replays.put(request, ReplayOutcome.of(request, log)));
        return replays;
    }

    private String text(
            QuarantineFilter filter, List<QuarantineFiles.Group> groups, Map<ReplayRequest, ReplayOutcome> replays) {
        StringBuilder text = new StringBuilder();
        TextTable table = new TextTable(2, "data center", "reason", "records", "first", "last");
        groups.forEach(group -> table.row(
                group.dataCenter(),
                group.reason(),
                Words.count(group.records()),
                Words.dateAndTime(group.first()),
                Words.dateAndTime(group.last())));
        text.append(table.isEmpty() ? "There are no " + filter.words() + "." : table.text())
                .append('\n');
        groups.forEach(group -> text.append("first ")
                .append(group.reason())
                .append(" of ")
                .append(group.dataCenter())
                .append(": ")
                .append(Quoted.plain(group.example()))
                .append('\n'));
        replays.forEach((request, outcome) -> text.append("replay ")
                .append(request.id())
                .append(" by ")
                .append(request.by())
                .append(request.because().map(why -> " because " + why).orElse(""))
                .append(", ")
                .append(request.what())
                .append(": ")
                .append(outcome.words())
                .append('\n'));
        return text.append("next: tributary quarantine ")
                .append(groups.isEmpty() ? "list" : "show" + options(groups.get(0)))
                .toString();
    }

    private static String options(QuarantineFiles.Group group) {
        return " --data-center " + group.dataCenter() + " --reason " + group.reason();
    }

    private static String json(List<QuarantineFiles.Group> groups, Map<ReplayRequest, ReplayOutcome> replays) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.putArray("groups");
        root.putArray("replays");
        groups.forEach(group -> root.withArray("/groups")
                .addObject()
                .put("data_center", group.dataCenter())
                .put("reason", group.reason())
                .put("records", group.records())
                .put("first", group.first().toString())
                .put("last", group.last().toString())
                .put("example", group.example()));
        replays.forEach((request, outcome) -> root.withArray("/replays")
                .addObject()
                .put("id", request.id())
                .put("kind", request.kind().name().toLowerCase(java.util.Locale.ROOT))
                .put("at", request.at().toString())
                .put("by", request.by())
                .put("because", request.because().orElse(null))
                .put("what", request.what())
                .setAll(outcome.json()));
        return root.toPrettyString();
    }
}
