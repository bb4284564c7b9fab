package io.tributary.operations;

import static io.tributary.lab.fixtures.StagedBatches.Staged.onTime;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.compaction.MergeJob;
import io.tributary.config.ColumnDigest;
import io.tributary.config.PipelineConfig;
import io.tributary.lab.fixtures.StagedBatches;
import io.tributary.lake.LakeTables;
import io.tributary.lake.view.LakeSql;
import io.tributary.operations.cli.Environment;
import io.tributary.operations.cli.TributaryTool;
import io.tributary.runtime.LocalRuntime;
import io.tributary.schema.Lake;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator fills a column by the command line, which starts and ends a Spark of its own each time. */
class ColumnsCommandIT {

    private static final Instant NOW = Instant.parse("2026-03-05T23:00:00Z");
    private static final Instant SEEN = Instant.ofEpochSecond(1_772_352_000);
    private static final String YAML = "columns: [{name: seen, type: timestamp, from: /seen}]";
    private static final String DATA_CENTERS = """
            data_centers:
              - name: fra
                bootstrap_servers: 127.0.0.1:9
                topics: [events]
                event: {time_format: epoch_seconds}
            """;

    @TempDir
    Path dir;

    @Test
    void aColumnIsTriedOrderedAndFilledByTheMappingOfItsDataCenter() throws IOException {
        Files.writeString(dir.resolve("pipeline.yaml"), YAML);
        Files.writeString(dir.resolve("data-centers.yaml"), DATA_CENTERS);
        Lake lake = Lake.of(Optional.of(dir.resolve("lake").toString()), PipelineConfig.defaults());
        StagedBatches staging;
        try (LocalRuntime runtime = LocalRuntime.open("columns-command-it", 2)) {
            new LakeTables(runtime.spark())
                    .ensure(lake, PipelineConfig.defaults().columns());
            staging = new StagedBatches(runtime.spark(), lake, NOW);
            staging.sendPayloads(id -> "{\"seen\":1772352000}");
            staging.append(onTime("a", NOW), onTime("b", NOW));
            new MergeJob(runtime, PipelineConfig.defaults(), lake).run();
        }
        String where = dir.resolve("data-centers.yaml").toString();

        assertThat(tool(lake, 0, "check"))
                .contains("seen would be filled for 0.0 % of the last day (2 events of"
                        + " 2026-03-05); 100.0 % unfit, for example 1772352000");
        assertThat(tool(lake, 0, "check", "--data-centers", where, "--json")).contains("\"filled\" : 2");
        assertThat(tool(lake, 2, "fill", "--column", "seen", "--because", "test", "--yes"))
                .contains("The column seen holds timestamps")
                .contains("Name the stream's file with --data-centers");
        assertThat(tool(lake, 0, "list")).contains("no fill was ordered");
        assertThat(tool(lake, 2, "fill", "--column", "seen", "--because", "test", "--data-centers", where))
                .contains("This is a preview")
                .contains("nothing was written");
        assertThat(tool(lake, 2, "fill", "--column", "seen", "--yes", "--data-centers", where))
                .contains("Why? Say it with --because");
        assertThat(tool(lake, 0, "list")).contains("no fill was ordered");
        assertThat(tool(lake, 0, "fill", "--column", "seen", "--because", "test", "--yes", "--data-centers", where))
                .contains("seen would be filled for 100.0 % of the last day")
                .contains("the view will not show them until they are filled for all events")
                .contains("recorded as fill 1; next: tributary columns list");
        assertThat(tool(lake, 0, "list")).contains("1     seen     open");

        PipelineConfig config = PipelineConfig.parse(YAML, "test");
        try (LocalRuntime runtime = LocalRuntime.open("columns-command-it", 2)) {
            new MergeJob(runtime, config, lake).run();
            assertThat(tool(lake, 0, "list")).contains("1     seen     open");
            staging.pause(Duration.ofHours(1));
            staging = staging.continuedBy(runtime.spark())
                    .withColumns(config.columns(), (id, column) -> Timestamp.from(SEEN));
            staging.knowColumns(ColumnDigest.ofAll(config));
            staging.append(onTime("c", NOW));
            new MergeJob(runtime, config, lake).run();
            assertThat(new LakeSql(runtime.spark(), lake)
                            .query("SELECT seen FROM events").collectAsList().stream()
                                    .map(row -> row.getInstant(0)))
                    .containsExactly(SEEN, SEEN, SEEN);
        }
        assertThat(tool(lake, 0, "list", "--json"))
                .contains("\"state\" : \"filled\"")
                .contains("\"rows\" : 2");
        assertThat(tool(lake, 0, "fill", "--cancel", "1", "--because", "test", "--yes"))
                .contains("fill 1 has ended");
        assertThat(tool(lake, 2, "fill", "--cancel", "9", "--because", "test", "--yes"))
                .contains("There is no fill 9");
    }

    private String tool(Lake lake, int exitCode, String command, String... options) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        Environment environment = new Environment(new Configuration(), Clock.fixed(NOW, ZoneOffset.UTC), print, print);
        String[] all = Stream.of(
                        Stream.of(
                                "columns",
                                command,
                                "--lake",
                                lake.root(),
                                "--config",
                                dir.resolve("pipeline.yaml").toString()),
                        Arrays.stream(options))
                .flatMap(stream -> stream)
                .toArray(String[]::new);
        int found = TributaryTool.commandLine(environment).execute(all);
        String said = out.toString(StandardCharsets.UTF_8);
        assertThat(found).as(said).isEqualTo(exitCode);
        return said;
    }
}
