package io.tributary.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.PipelineConfig;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.model.Pipeline;
import io.tributary.model.Pipeline.Sent;
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
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Every command of the runbook, docs/operating.md, is typed as it stands there, at a lake on this machine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunbookIT {

    private static final Instant BEGIN = Instant.parse("2026-03-01T07:00:30Z");
    private static final Pattern COMMAND = Pattern.compile("(?m)^    (scripts/\\S+|aws) (.+)$");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    /** These dial a data center's brokers, which the tests of dc do; here they are only read. */
    private static final List<List<String>> DIALING = List.of(List.of("dc", "explain"), List.of("dc", "check"));

    private Path dir;
    private Path lake;
    private Path dataCenters;

    @BeforeAll
    void makeALake(@TempDir Path folder) throws Exception {
        dir = folder;
        lake = dir.resolve("lake");
        dataCenters = Files.writeString(dir.resolve("data-centers.yaml"), """
                data_centers:
                  - name: fra
                    bootstrap_servers: 127.0.0.1:9092
                    topics: [events]
                    start: earliest
                """);
        PipelineConfig config = PipelineConfig.parse("dedup: {state_partitions: 1}", "test");
        try (LocalRuntime runtime = LocalRuntime.open("runbook-it", 1);
                Pipeline pipeline = new Pipeline(
                        runtime,
                        config,
                        new Lake(lake.toString(), config.tables()),
                        dir.resolve("work"),
                        List.of("fra"),
                        BEGIN.minusSeconds(10))) {
            for (int batch = 0; batch < 2; batch++) {
                Instant at = BEGIN.plusSeconds(10L * batch);
                pipeline.arrive(
                        List.of(Sent.event("fra", "event-" + batch, at.minusSeconds(20)), new Sent("fra", "no event")),
                        at);
            }
            pipeline.merge();
        }
    }

    @Test
    void everyCommandOfTheRunbookRuns() throws IOException {
        List<String> typed = commands();
        List<String> failed = new ArrayList<>();
        for (String command : typed) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            if (!command.startsWith("aws ")) {
                int code = run(words(command), out);
                // 3: an operator must act, as must whoever reads the runbook.
                if (code != 0 && code != 3) {
                    failed.add(command + ": " + code + ": " + out.toString(StandardCharsets.UTF_8));
                }
            }
        }
        assertThat(failed).isEmpty();
        assertThat(lake.resolve("_status").resolve("audit.json")).content().contains("\"findings\":0");
        assertThat(typed).hasSizeGreaterThan(20).anyMatch(command -> command.contains("audit --stage STAGE --deep"));
    }

    private static List<String> commands() throws IOException {
        String page = Files.readString(ProjectRoot.find().dir().resolve("docs").resolve("operating.md"));
        String runbook = page.substring(page.indexOf("\n## When something is wrong"), page.indexOf("\n## `status`"));
        return COMMAND.matcher(runbook)
                .results()
                .map(MatchResult::group)
                .map(String::strip)
                .toList();
    }

    /** The words of a command, its placeholders filled in, and the lake of this machine in the place of a stage. */
    private List<String> words(String command) {
        Map<String, String> places = Map.of(
                "NAME",
                "fra",
                "DATE",
                "2026-03-01",
                "FILE",
                dataCenters.toString(),
                "audit.json",
                dir.resolve("audit.json").toString());
        List<String> words = new ArrayList<>();
        WORD.matcher(command)
                .results()
                .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                .map(word -> places.getOrDefault(word, word))
                .forEach(words::add);
        if (words.get(0).equals("scripts/data-centers")) {
            words.subList(0, 2).clear();
            words.addAll(0, List.of("dc", "check", "--offline", "--file"));
            return words;
        }
        words.remove(0);
        int stage = words.indexOf("--stage");
        assertThat(words.get(stage + 1)).as(command).isEqualTo("STAGE");
        words.subList(stage, stage + 2).clear();
        boolean isOfDataCenters = words.get(0).equals("dc");
        boolean isExplain = isOfDataCenters && words.get(1).equals("explain");
        if (isOfDataCenters) {
            words.addAll(List.of("--data-centers", dataCenters.toString()));
        }
        if (!isOfDataCenters || isExplain) {
            words.addAll(List.of("--lake", lake.toString()));
        }
        if (isOfDataCenters && words.contains("--because")) {
            words.add("--yes");
        }
        return words;
    }

    private int run(List<String> words, ByteArrayOutputStream out) {
        PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);
        CommandLine line = TributaryTool.commandLine(new Environment(
                new Configuration(false), Clock.fixed(BEGIN.plusSeconds(30), ZoneOffset.UTC), printed, printed));
        if (DIALING.contains(words.subList(0, 2)) && !words.contains("--offline")) {
            line.parseArgs(words.toArray(String[]::new));
            return 0;
        }
        return line.execute(words.toArray(String[]::new));
    }
}
