package io.tributary.operations.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tributary.config.yaml.Quoted;
import io.tributary.lake.fill.ColumnFills;
import io.tributary.lake.fill.ColumnFills.Fill;
import io.tributary.lake.fill.FillProgress;
import io.tributary.operations.text.TextTable;
import io.tributary.operations.text.Words;
import io.tributary.runtime.HadoopFiles;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tributary columns list}. */
@Command(
        name = "list",
        description = "Shows which columns were ordered to be filled, and how far the merge job has come.",
        footer = {"%nExample:", "  tributary columns list --lake s3://bucket/lake"})
final class ColumnsListCommand implements Callable<Integer> {

    private final Environment environment;

    @Mixin
    private LakeOptions lake;

    @Option(names = "--json", description = "Answer in JSON.")
    private boolean json;

    ColumnsListCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        ColumnFills fills = new ColumnFills(lake.lake(environment), new HadoopFiles(environment.hadoop()));
        List<Fill> all = fills.all();
        if (json) {
            ArrayNode root = JsonNodeFactory.instance.arrayNode();
            for (Fill fill : all) {
                Optional<FillProgress> progress = fills.progress(fill.order().number());
                root.addObject()
                        .put("fill", fill.order().number())
                        .put("columns", String.join(", ", fill.order().columns().keySet()))
                        .put("state", state(fill))
                        .put("ordered_at", fill.order().orderedAt().toString())
                        .put("by", fill.order().by())
                        .put("because", fill.order().because())
                        .put(
                                "event_dates",
                                progress.map(done -> done.filled().size()).orElse(0))
                        .put("rows", progress.map(FillProgress::rows).orElse(0L));
            }
            environment.out().println(root.toPrettyString());
            return ExitCode.FINE;
        }
        if (all.isEmpty()) {
            environment.out().println("no fill was ordered; next: tributary columns check");
            return ExitCode.FINE;
        }
        TextTable table =
                new TextTable(6, "fill", "columns", "state", "ordered", "by", "because", "event dates", "rows");
        for (Fill fill : all) {
            Optional<FillProgress> progress = fills.progress(fill.order().number());
            table.row(
                    fill.order().number(),
                    String.join(", ", fill.order().columns().keySet()),
                    state(fill),
                    Words.dateAndTime(fill.order().orderedAt()),
                    Quoted.plain(fill.order().by()),
                    Quoted.plain(fill.order().because()),
                    Words.count(progress.map(done -> done.filled().size()).orElse(0)),
                    Words.count(progress.map(FillProgress::rows).orElse(0L)));
        }
        environment.out().println(table.text());
        return ExitCode.FINE;
    }

    private static String state(Fill fill) {
        return fill.state().name().toLowerCase(Locale.ROOT);
    }
}
