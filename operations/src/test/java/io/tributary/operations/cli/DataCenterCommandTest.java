package io.tributary.operations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.AcceptedRejects;
import io.tributary.lab.fixtures.MutableClock;
import io.tributary.lake.status.Horizon;
import io.tributary.lake.status.StreamStatus;
import io.tributary.lake.status.StreamStatus.DataCenterStatus;
import io.tributary.operations.datacenter.ChangeHistory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCenterCommandTest {

    private static final String WRITTEN = """
            # ours
            data_centers:
              - name: fra1 # Frankfurt
                bootstrap_servers: "f:9092"
                topics: [events]
              - name: nyc1
                bootstrap_servers: "n:9092"
                topics: [events, clicks]
            """;

    @TempDir
    Path dir;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final MutableClock clock = new MutableClock();
    private Terminal terminal = Terminal.NONE;
    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(dir.resolve("data-centers.yaml"), WRITTEN);
    }

    @Test
    void aPauseIsWrittenAndRecordedAndListed() throws IOException {
        assertThat(dc(
                        "pause",
                        "fra1",
                        "--until",
                        "2026-02-01T08:00:00Z",
                        "--because",
                        "upgrade",
                        "--by",
                        "ann",
                        "--yes"))
                .isZero();

        assertThat(file)
                .hasContent(WRITTEN.replace(
                        "topics: [events]\n",
                        "topics: [events]\n    state: paused\n    paused_until: 2026-02-01T08:00:00Z\n"));
        assertThat(printed(out))
                .contains(
                        "fra1 is paused: it keeps its offsets and is not read until 2026-02-01T08:00:00Z\n",
                        "  +     state: paused\n",
                        "written to ")
                .endsWith("next: tributary dc list\n");
        assertThat(Files.readAllLines(dir.resolve("data-centers.yaml.history.jsonl")))
                .containsExactly("{\"at\":\"2026-01-31T08:00:00Z\",\"by\":\"ann\",\"action\":\"pause\","
                        + "\"data_center\":\"fra1\",\"because\":\"upgrade\",\"changes\":[\"is paused: it keeps its"
                        + " offsets and is not read until 2026-02-01T08:00:00Z\"]}");

        assertThat(dc("list")).isZero();
        assertThat(printed(out).lines())
                .containsExactly(
                        "data center  state                              brokers  topics         last change"
                                + "                 by   because",
                        "fra1         paused until 2026-02-01T08:00:00Z  f:9092   events         pause"
                                + " 2026-01-31T08:00:00Z  ann  upgrade",
                        "nyc1         active                             n:9092   events,clicks  ?"
                                + "                           ?    ?",
                        "next: tributary dc resume fra1");

        assertThat(dc("resume", "fra1", "--yes")).isZero();
        assertThat(file).hasContent(WRITTEN.replace("topics: [events]\n", "topics: [events]\n    state: active\n"));
        assertThat(Files.readAllLines(dir.resolve("data-centers.yaml.history.jsonl")))
                .hasSize(2);
        assertThat(dc("list", "--json")).isZero();
        assertThat(printed(out)).contains("\"action\" : \"resume\"", "\"read\" : true");
    }

    @Test
    void aPauseWithoutAReasonIsRefused() {
        assertThat(dc("pause", "fra1", "--yes")).isEqualTo(2);
        assertThat(printed(err)).contains("Say it with --because");
        assertThat(dc("pause", "fra1", "--because", "…", "--yes")).isEqualTo(2);
        assertThat(printed(err)).contains("Say it with --because");
        assertThat(file).hasContent(WRITTEN);
    }

    @Test
    void withoutATerminalAndWithoutYesItIsAPreview() {
        assertThat(dc("pause", "fra1", "--because", "upgrade")).isEqualTo(2);

        assertThat(printed(out))
                .contains("fra1 is paused", "This is a preview")
                .endsWith("nothing was written; to do it: the same with --yes\n");
        assertThat(file).hasContent(WRITTEN);
        assertThat(dir.resolve("data-centers.yaml.history.jsonl")).doesNotExist();
    }

    @Test
    void whoIsAskedDecides() {
        List<String> questions = new ArrayList<>();
        terminal = question -> {
            questions.add(question);
            return Optional.of("n");
        };
        assertThat(dc("pause", "fra1", "--because", "upgrade")).isEqualTo(2);
        assertThat(file).hasContent(WRITTEN);

        terminal = question -> Optional.of(" y ");
        assertThat(dc("pause", "fra1", "--because", "upgrade")).isZero();
        assertThat(file).content().contains("state: paused");
        assertThat(questions).containsExactly("apply? [y/N] ");
    }

    @Test
    void anEditThatSomebodyElseWasFasterWithIsRefused() {
        terminal = question -> {
            try {
                Files.writeString(file, WRITTEN + "# and another's\n");
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            return Optional.of("y");
        };

        assertThat(dc("pause", "fra1", "--because", "upgrade")).isEqualTo(2);

        assertThat(printed(err)).contains("was changed by somebody else in the meantime, so nothing was written");
        assertThat(file).hasContent(WRITTEN + "# and another's\n");
        assertThat(dir.resolve("data-centers.yaml.history.jsonl")).doesNotExist();
    }

    @Test
    void whoTheBreakerHaltedIsResumedByAcceptingItsTrip() throws IOException {
        StreamStatus said = new StreamStatus(
                Instant.parse("2026-01-31T07:59:55Z"),
                Duration.ofSeconds(10),
                true,
                new TreeMap<>(Map.of(
                        "nyc1",
                        new DataCenterStatus(
                                false,
                                OptionalLong.of(7),
                                OptionalDouble.of(1),
                                Horizon.UNKNOWN,
                                Optional.empty(),
                                List.of("halted: most records are rejected"),
                                Optional.of(new AcceptedRejects("clicks", 1, 4_711))))));
        Files.createDirectories(dir.resolve("lake/_status"));
        Files.writeString(dir.resolve("lake/_status/stream.json"), said.toText());

        assertThat(dc("resume", "nyc1", "--because", "mended", "--yes")).isZero();
        assertThat(printed(out)).contains("nothing to do");
        String[] resume = {
            "resume",
            "nyc1",
            "--because",
            "mended",
            "--yes",
            "--lake",
            dir.resolve("lake").toString()
        };
        assertThat(dc(resume)).isZero();
        assertThat(printed(out))
                .contains("accept_rejects: [\"clicks-1 from offset 4711\"]", "next: tributary dc explain nyc1");
        assertThat(Files.readString(file)).contains("accept_rejects: [\"clicks-1 from offset 4711\"]");
        assertThat(dc(resume)).isZero();
        assertThat(printed(out)).contains("nothing to do");
    }

    @Test
    void aClusterThatIsNotInTheFileYetIsCheckedByItsBrokers() {
        assertThat(dc("check", "lon1", "--brokers", "127.0.0.1:1", "--topics", "events", "--timeout", "5s"))
                .isEqualTo(2);
        assertThat(printed(out)).contains("nothing listens on port 1", "1 failed; next: do what their lines say");
        assertThat(file).hasContent(WRITTEN);
        assertThat(dc("check", "--brokers", "127.0.0.1:1", "--topics", "events"))
                .isEqualTo(2);
        assertThat(printed(err)).contains("Which data center has these brokers?");
        assertThat(dc("check", "lon1", "--brokers", "127.0.0.1:1")).isEqualTo(2);
        assertThat(printed(err)).contains("--topics");
        assertThat(dc("check", "fra1", "--brokers", "127.0.0.1:1", "--topics", "events"))
                .isEqualTo(2);
        assertThat(printed(err)).contains("fra1");
    }

    @Test
    void whatIsSoAlreadyIsNotWritten() {
        assertThat(dc("resume", "nyc1", "--yes")).isZero();
        assertThat(printed(out)).contains("nyc1 is so already").endsWith("next: tributary dc list\n");
        assertThat(file).hasContent(WRITTEN);
    }

    @Test
    void aFileThatTheStreamWouldRefuseIsNotEdited() throws IOException {
        Files.writeString(file, WRITTEN.replace("[events]", "[]"));
        assertThat(dc("pause", "fra1", "--because", "upgrade", "--yes")).isEqualTo(2);
        assertThat(printed(err)).contains("data_centers[0].topics: the list is empty");

        Files.delete(file);
        assertThat(dc("list")).isEqualTo(2);
        assertThat(printed(err)).contains("There is no data-centers file");
    }

    @Test
    void whoCannotBeReachedIsAddedByForceAlone() throws IOException {
        String[] add = {
            "add",
            "lon1",
            "--brokers",
            "127.0.0.1:1",
            "--topics",
            "events,clicks",
            "--start",
            "latest",
            "--kafka",
            "security.protocol=SASL_SSL",
            "--kafka",
            "sasl.mechanism=PLAIN",
            "--kafka",
            "sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username=\"a=b\""
                    + " password=\"${env:LON1}\";",
            "--yes"
        };

        assertThat(dc(add)).isEqualTo(2);
        assertThat(printed(out))
                .contains("fail  broker      127.0.0.1:1: nothing listens on port 1", "; correct the port")
                .endsWith(
                        "lon1 is not added, because 1 of these failed; next: do what their lines say, or add it all the"
                                + " same with --force\n");
        assertThat(file).hasContent(WRITTEN);

        List<String> forced = new ArrayList<>(List.of(add));
        forced.add("--force");
        assertThat(dc(forced.toArray(String[]::new))).isZero();
        assertThat(printed(out))
                .contains("lon1 is new, active, begins at latest")
                .endsWith("tributary dc explain lon1\n");
        assertThat(dir.resolve("data-centers.yaml.history.jsonl"))
                .content()
                .containsPattern("\"action\":\"add\".*\"forced_although\":\"brokers?: ");
        assertThat(Files.readString(file).substring(WRITTEN.length()).lines())
                .containsExactly(
                        "  - name: lon1",
                        "    bootstrap_servers: \"127.0.0.1:1\"",
                        "    topics: [events, clicks]",
                        "    start: latest",
                        "    kafka:",
                        "      security.protocol: SASL_SSL",
                        "      sasl.mechanism: PLAIN",
                        "      sasl.jaas.config: \"org.apache.kafka.common.security.plain.PlainLoginModule required"
                                + " username=\\\"a=b\\\" password=\\\"${env:LON1}\\\";\"");
    }

    @Test
    void whatTheStreamWouldRefuseIsNotAdded() {
        assertThat(dc("add", "FRA1", "--brokers", "f:1", "--topics", "e", "--yes", "--force"))
                .isEqualTo(2);
        assertThat(printed(err)).contains("There is a data center fra1 already");
        assertThat(dc("add", "x", "--brokers", "f", "--topics", "e", "--yes", "--force"))
                .isEqualTo(2);
        assertThat(printed(err)).contains("is not a list of brokers");
        assertThat(file).hasContent(WRITTEN);
    }

    @Test
    void whatIsNotDrainedIsRemovedByForceAlone() throws IOException {
        assertThat(dc("remove", "fra1", "--because", "closed", "--yes")).isEqualTo(2);
        assertThat(printed(out))
                .contains("fra1 is not removed: no drain of it is recorded")
                .endsWith("next: tributary dc drain fra1 --because '…'\n");
        assertThat(file).hasContent(WRITTEN);

        assertThat(dc("remove", "fra1", "--because", "closed", "--yes", "--force"))
                .isZero();
        assertThat(file).hasContent(WRITTEN.replaceFirst("(?s)  - name: fra1.*?topics: \\[events]\n", ""));
        assertThat(dir.resolve("data-centers.yaml.history.jsonl"))
                .content()
                .contains("\"action\":\"remove\"", "\"forced_although\":\"no drain of it is recorded");
        assertThat(new ChangeHistory(file.toString(), new Configuration(false)).read())
                .last()
                .satisfies(
                        change -> assertThat(change.overruled().orElseThrow()).startsWith("no drain of it"));
    }

    @Test
    void whatIsPausedCannotBeDrained() {
        assertThat(dc("pause", "fra1", "--because", "upgrade", "--yes")).isZero();
        assertThat(dc("drain", "fra1", "--because", "closed", "--lake", dir.toString()))
                .isEqualTo(2);
        assertThat(printed(err)).contains("First: tributary dc resume fra1");
    }

    @Test
    void aFileIsTriedWithoutDialing() throws IOException {
        Path tried = Files.writeString(dir.resolve("tried.yaml"), WRITTEN.replace("[events, clicks]", "[events]"));

        assertThat(dc("check", "--offline", "--file", tried.toString(), "--in-force", file.toString()))
                .isZero();
        assertThat(printed(out))
                .startsWith(tried + ": can be used, 2 in force: fra1, nyc1\n")
                .contains("  WARN nyc1 has topics [events] in place of [events, clicks]: what is no longer listed");
        assertThat(dc("check", "lon1")).isEqualTo(2);
        assertThat(printed(err)).contains("There is no data center lon1 in the file; it has [fra1, nyc1].");
    }

    @Test
    void anAnswerInJsonIsJsonAlone() {
        assertThat(dc("pause", "fra1", "--because", "upgrade", "--yes", "--json"))
                .isZero();
        assertThat(printed(out)).startsWith("{").contains("\"written\" : true").endsWith("}\n");
        assertThat(printed(err)).contains("fra1 is paused");
    }

    private int dc(String... arguments) {
        out.reset();
        err.reset();
        List<String> all = new ArrayList<>(List.of("dc"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--data-centers", file.toString()));
        Environment environment = new Environment(
                new Configuration(),
                clock,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                terminal);
        return TributaryTool.commandLine(environment).execute(all.toArray(String[]::new));
    }

    private static String printed(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
