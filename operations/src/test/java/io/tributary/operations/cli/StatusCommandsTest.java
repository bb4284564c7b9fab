package io.tributary.operations.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.lake.status.RecordedChange;
import io.tributary.operations.datacenter.ChangeHistory;
import io.tributary.operations.status.WrittenLake;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that tell how a lake does, over logs on a disk: fra flows, nyc is silent, and one of its ranges was deferred. */
class StatusCommandsTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path dir;

    @BeforeEach
    void writeALake() throws IOException {
        WrittenLake.write(dir);
    }

    @Test
    void statusEndsInASentenceAndWhatToTypeNext() {
        assertThat(run("status")).isEqualTo(3);
        assertThat(lines())
                .endsWith(
                        "nyc is SILENT since 07:56:35 (3 min 25 s); the others go on: fra.",
                        "next: tributary dc explain nyc");
    }

    @Test
    void statusIsJsonWithNullForWhatIsNotKnown() throws IOException {
        assertThat(run("status", "--json")).isEqualTo(3);
        JsonNode status = new ObjectMapper().readTree(out.toByteArray());

        assertThat(status.at("/data_centers/fra/state").asText()).isEqualTo("OK");
        assertThat(status.at("/data_centers/nyc/state").asText()).isEqualTo("SILENT");
        assertThat(status.at("/data_centers/nyc/lag_records").isNull()).isTrue();
        assertThat(status.at("/objective/is_met").asBoolean()).isTrue();
        assertThat(status.at("/objective/budget_left").asDouble()).isEqualTo(1, within(1e-9));
        assertThat(status.at("/data_centers/fra/retention_left_seconds").isNull())
                .isTrue();
        assertThat(status.at("/merge/merge").asLong()).isEqualTo(1);
        assertThat(status.at("/must_act").asBoolean()).isTrue();
    }

    @Test
    void anotherObjectiveIsJudged() throws IOException {
        run("status", "--json", "--objective", "5");
        assertThat(new ObjectMapper()
                        .readTree(out.toByteArray())
                        .at("/objective/is_met")
                        .asBoolean())
                .isFalse();

        assertThat(run("status", "--objective", "0")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("--objective", "1 or more");
    }

    @Test
    void logShowsTheNewestFirst() {
        assertThat(run("log", "--limit", "2")).isZero();
        assertThat(lines())
                .containsExactly(
                        "time (UTC)           kind   data center  commit             what",
                        "2026-03-01 07:59:55  batch  fra          events_staging@59  batch 60: read 100, staged 100; 3.0 s",
                        "2026-03-01 07:59:45  batch  fra          events_staging@58  batch 59: read 100, staged 100; 3.0 s",
                        "… and 101 more; --limit 0 shows all.",
                        "next: tributary status");
    }

    @Test
    void logShowsWhatIsAskedFor() {
        run("log", "--kind", "deferral", "--kind", "membership", "--kind", "merge");
        assertThat(lines())
                .anyMatch(line -> line.contains("deferral")
                        && line.contains("nyc/events-0 offsets 3900 to 3999 deferred, to"
                                + " be read by a later batch: TimeoutException: no answer from the leader"))
                .anyMatch(line -> line.contains("membership") && line.contains("nyc") && line.contains("first time"))
                .anyMatch(line -> line.contains("merge 1: 5 rows merged of 7 staged, 2 duplicates"))
                .noneMatch(line -> line.contains("batch 60"));

        run("log", "--data-center", "nyc", "--limit", "0");
        assertThat(lines()).noneMatch(line -> line.contains(" fra "));
        run("log", "--since", "1m", "--json");
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("\"what\" : \"batch 60", "\"what\" : \"batch 55")
                .doesNotContain("batch 54");
        run("log", "--since", "2026-03-01T07:59:50Z");
        assertThat(lines()).hasSize(3);
        assertThat(run("log", "--since", "yesterday")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("--since yesterday is neither a duration");
    }

    @Test
    void logSaysWhoChangedADataCenterAndWhy() throws IOException {
        Path file = dir.resolve("data-centers.yaml");
        new ChangeHistory(file.toString(), new Configuration(false))
                .add(new RecordedChange(
                        WrittenLake.NOW.minusSeconds(1),
                        "ada",
                        RecordedChange.Action.PAUSE,
                        "nyc",
                        "broker upgrade",
                        List.of("nyc is not read"),
                        Optional.empty()));

        run("log", "--kind", "membership", "--data-centers", file.toString());
        assertThat(lines().get(1))
                .contains(
                        "membership  nyc",
                        "data-centers file",
                        "pause by ada, because: broker upgrade; nyc is not read");
        assertThat(lines()).anyMatch(line -> line.contains("read for the first time"));
        run("log", "--kind", "membership");
        assertThat(lines()).noneMatch(line -> line.contains("ada"));
    }

    @Test
    void logTakesTheNameOfACommandForAKind() {
        assertThat(run("log", "--kind", "erase")).isZero();
        assertThat(lines()).first().asString().startsWith("Nothing of that happened since ");
        assertThat(run("log", "--kind", "merrge")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("'--kind'", "there is no kind merrge; did you mean merge?");
    }

    @Test
    void logKnowsASlipOfTheNameOfADataCenter() {
        assertThat(run("log", "--data-center", "fro")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("There is no data center fro that was ever read; did you mean fra?");
    }

    @Test
    void theQuarantineKnowsASlipOfTheNameOfADataCenter() {
        assertThat(run("quarantine", "list", "--data-center", "nyk")).isEqualTo(2);
        assertThat(run("quarantine", "show", "--data-center", "nyk")).isEqualTo(2);
        assertThat(run("quarantine", "replay", "--data-center", "nyk", "--because", "mended"))
                .isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .containsOnly("There is no data center nyk that was ever read; did you mean nyc?")
                .hasSize(3);
    }

    @Test
    void statusKnowsWhoWasJustAddedOrRemoved() throws IOException {
        Path file = Files.writeString(dir.resolve("data-centers.yaml"), """
                data_centers:
                  - {name: fra, bootstrap_servers: "f:1", topics: [events]}
                  - {name: sin, bootstrap_servers: "s:1", topics: [events]}
                """);
        assertThat(run("status", "--data-centers", file.toString())).isZero();
        assertThat(lines())
                .contains(
                        "nyc is no longer in the data-centers file; the stream takes notice of that at its next trigger.",
                        "sin is in the data-centers file and is not read yet; the stream takes notice of that at its next"
                                + " trigger.")
                .noneMatch(line -> line.startsWith("nyc  "));

        Files.writeString(file, "data_centers: {");
        assertThat(run("status", "--data-centers", file.toString())).isEqualTo(3);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("Whether somebody was just added or removed is not known");
    }

    @Test
    void whatNamesALakeIsToldWhole() {
        assertThat(TributaryTool.commandLine(environment()).execute("status")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("Which lake? Name it with --lake", "--stage NAME", "TRIBUTARY_LAKE", "tables.location");
    }

    @Test
    void waitHoldsForWhoIsFarEnough() {
        assertThat(run("wait", "--through", "2026-03-01T07:59:52Z", "--timeout", "0s", "--data-center", "fra"))
                .isZero();
        assertThat(lines()).containsExactly("Everything that was sent up to 2026-03-01T07:59:52Z is queryable: fra.");
    }

    @Test
    void waitSaysWhoIsBehindAtTheTimeout() {
        assertThat(run("wait", "--through", "2026-03-01T07:59:52Z", "--timeout", "0s"))
                .isEqualTo(3);
        assertThat(lines())
                .containsExactly(
                        "Not everything that was sent up to 2026-03-01T07:59:52Z is queryable:",
                        "  nyc (SILENT) is valid through 2026-03-01T07:56:22Z",
                        "next: tributary status");
        assertThat(run("wait", "--merged", "--through", "2026-03-01T07:59:52Z", "--timeout", "0s"))
                .isEqualTo(3);
        assertThat(lines()).contains("  fra (OK) is valid through 2026-03-01T07:54:52Z");
    }

    @Test
    void waitTakesTheMomentOfItsCall() {
        assertThat(run("wait", "--through", "now", "--timeout", "0s")).isEqualTo(3);
        assertThat(lines()).first().asString().startsWith("Not everything that was sent up to 2026-03-01T0");
    }

    @Test
    void waitNamesAMistake() {
        assertThat(run("wait", "--through", "noon", "--timeout", "0s")).isEqualTo(2);
        assertThat(run("wait", "--through", "2026-03-01T07:59:52Z", "--timeout", "long"))
                .isEqualTo(2);
        assertThat(run("wait", "--through", "2026-03-01T07:59:52Z", "--timeout", "0s", "--data-center", "sin"))
                .isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains(
                        "--through noon is no time",
                        "Invalid value for option '--timeout': \"long\" is not a duration; write for example 90s",
                        "There is no data center sin in force; known here: fra, nyc");
    }

    @Test
    void completionCompletesEveryCommand() {
        assertThat(run("completion")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("complete -F _complete_tributary", "status", "wait", "--through", "bashcompinit");
    }

    @Test
    void aStageIsResolvedByTheScriptAlone() {
        out.reset();
        assertThat(TributaryTool.commandLine(environment()).execute("status", "--stage", "prod"))
                .isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("--stage prod is known to scripts/tributary alone");
    }

    private int run(String... arguments) {
        out.reset();
        List<String> all = new ArrayList<>(List.of(arguments));
        if (!arguments[0].equals("completion")) {
            all.addAll(List.of("--lake", dir.toString()));
        }
        return TributaryTool.commandLine(environment()).execute(all.toArray(String[]::new));
    }

    private List<String> lines() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private Environment environment() {
        return new Environment(
                new Configuration(false),
                Clock.fixed(WrittenLake.NOW, ZoneOffset.UTC),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }
}
