package io.tributary.operations.cli;

import io.tributary.query.SqlTool;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tributary sql}: the answer to one query over a lake. */
@Command(
        name = "sql",
        description = "Prints the answer to one SQL query over the lake.",
        footer = {
            "%nTables: events (the view to use), events_raw, events_merged, events_staging, events_quarantine,"
                    + " pipeline_status, pipeline_log, and with"
                    + " --config its rollups.",
            "%nExample:%n  tributary sql --lake target/lake \"SELECT event_date, count(*) FROM events GROUP BY ALL\""
        })
final class SqlCommand implements Callable<Integer> {

    private final Environment environment;

    @Mixin
    private LakeOptions lake;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "1000",
            description = "How many rows to print at most (default: ${DEFAULT-VALUE}).")
    private int rows;

    @Parameters(paramLabel = "QUERY", description = "The query.")
    private String query;

    SqlCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        List<String> arguments = new ArrayList<>(lake.arguments(environment));
        arguments.addAll(List.of("--rows", String.valueOf(rows), "--query=" + query));
        return SqlTool.exitCode(arguments.toArray(String[]::new));
    }
}
