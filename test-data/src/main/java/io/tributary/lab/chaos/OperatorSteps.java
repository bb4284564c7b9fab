package io.tributary.lab.chaos;

import io.tributary.lab.kafka.KafkaLabSpec;
import io.tributary.lab.run.Settings;
import io.tributary.lab.s3.S3Rule;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an operator does, step by step. Each ends when what was wanted has come about. */
final class OperatorSteps {

    private static final String NEWCOMER = "dc4";
    private static final String PAUSED = "dc2";
    private static final String DRAINED = "dc3";
    private static final String MISTAKEN = "dc5";
    private static final String REFUSED = "dc2";

    /** Nobody serves there. */
    private static final String WRONG = "127.0.0.1:1";

    /** How an edit of the data-centers file is answered. */
    private static final String WRITTEN = "the stream reads it at its next trigger";

    private static final Duration PAUSE = Duration.ofSeconds(12);
    private static final Duration ISOLATED = Duration.ofSeconds(12);

    /** Reads both formats: the one of the load, and the one that was not known. */
    private static final String BOTH_FORMATS =
            "  time_format: \"[yyyy-MM-dd'T'HH:mm:ss.SSSX][dd.MM.yyyy HH:mm:ss.SSS]\"\n";

    private static final String TIME = "  time: /event_time\n";

    private final TestBed testBed;
    private final FaultyWorkload workload;
    private final OperatorTerminal terminal;
    private final OperatorRecords records;
    private final LakeCounts lake;
    private final ChaosOptions options;
    private final Clock clock;

    OperatorSteps(
            TestBed testBed,
            FaultyWorkload workload,
            OperatorTerminal terminal,
            OperatorRecords records,
            ChaosOptions options,
            Clock clock) {
        this.testBed = testBed;
        this.workload = workload;
        this.terminal = terminal;
        this.records = records;
        this.lake = new LakeCounts(testBed.pipeline());
        this.options = options;
        this.clock = clock;
    }

    /** A data center more, whose events arrive. */
    void addDataCenter() {
        testBed.targets().clusters().start(NEWCOMER);
        workload.sendThrough(
                NEWCOMER,
                Math.max(1, options.rate() / ChaosRun.DATA_CENTERS.size()),
                Duration.ofMinutes(30),
                options.seed());
        String brokers = testBed.targets().clusters().servers().get(NEWCOMER);
        String cluster = NEWCOMER + " --brokers " + brokers + " --topics " + KafkaLabSpec.TOPIC;
        terminal.type(0, "[0-9]+ newest records ", "dc check " + cluster);
        String add = "dc add " + cluster + " --because 'a new site'";
        terminal.type(2, "to do it: the same with --yes", add);
        TypedCommand added = terminal.type(0, WRITTEN, add + " --yes");
        terminal.typeNext(added, explained(NEWCOMER));
        terminal.typeUntil("^" + NEWCOMER + " +(OK|CATCHING UP)", "status");
        testBed.targets().await("events of " + NEWCOMER + " arrive", () -> read(NEWCOMER) > 0);
    }

    /** A data center is not read for a while, and then from where it was. */
    void pauseAndResume() {
        TypedCommand paused =
                terminal.type(0, WRITTEN, "dc pause " + PAUSED + " --until 10m --because 'broker upgrade' --yes");
        terminal.typeNext(paused, 0, PAUSED + ".* paused");
        terminal.typeUntil("^" + PAUSED + " +PAUSED", "status");
        long before = read(PAUSED);
        long others = read("dc1");
        testBed.targets().pause(PAUSE);
        require(read(PAUSED) == before, PAUSED + " is paused and was read");
        require(read("dc1") > others, "dc1 was not read while " + PAUSED + " was paused");
        TypedCommand resumed =
                terminal.type(0, WRITTEN, "dc resume " + PAUSED + " --because 'the brokers are upgraded' --yes");
        terminal.typeNext(resumed, explained(PAUSED));
        awaitQueryable(PAUSED);
    }

    /** A data center's producers stop; everything of it is merged before it goes. */
    void drainAndRemove() {
        workload.hold(DRAINED);
        Path certificate = testBed.pipeline().directory().lab().resolve("certificate.json");
        terminal.type(
                0,
                "^balance 0",
                "dc drain " + DRAINED + " --because 'the site is closed' --json '" + certificate + "'");
        long sent = workload.sent(DRAINED);
        long read = certified(certificate).getJsonNumber("read").longValue();
        require(read == sent, "the certificate says that " + read + " records were read, and " + sent + " were sent");
        terminal.type(0, WRITTEN, "dc remove " + DRAINED + " --because 'the site is closed' --yes");
    }

    private static JsonObject certified(Path certificate) {
        try (JsonReader reader = Json.createReader(Files.newBufferedReader(certificate))) {
            return reader.readObject();
        } catch (IOException e) {
            throw new UncheckedIOException("The certificate cannot be read: " + certificate, e);
        }
    }

    /** It is refused; forced, it is isolated and explained. */
    void addWithWrongPort() {
        String cluster = MISTAKEN + " --brokers " + WRONG + " --topics " + KafkaLabSpec.TOPIC;
        terminal.type(2, "^ *fail +broker", "dc check " + cluster);
        String add = "dc add " + cluster + " --because 'a new site' --yes";
        terminal.type(2, MISTAKEN + " is not added", add);
        TypedCommand added = terminal.type(0, WRITTEN, add + " --force");
        terminal.typeNext(added, 3, "^what +" + MISTAKEN + " does not answer: .*Connection refused");
        terminal.typeUntil("^" + MISTAKEN + " +SILENT", "status");
        testBed.targets().pause(ISOLATED);
        String remove = "dc remove " + MISTAKEN + " --because 'its port was wrong' --yes";
        terminal.type(2, "is not removed", remove);
        terminal.type(0, WRITTEN, remove + " --force");
    }

    /** Records come whose time no rule reads. */
    void refuse() {
        records.sendRefused(REFUSED);
        testBed.targets()
                .await(
                        "they are in quarantine",
                        () -> lake.quarantined(records.idOfRefused()) == OperatorRecords.REFUSED);
    }

    /** As docs/operating.md says it: mend it, and start the streaming job with it. */
    void mendConfiguration() {
        Path file = testBed.pipeline().directory().configFile();
        RestartingJob ingest = testBed.targets().drivers().ingest();
        ingest.end();
        try {
            Settings.replace(file, Files.readString(file).replace(TIME, TIME + BOTH_FORMATS));
        } catch (IOException e) {
            throw new UncheckedIOException("The configuration " + file + " cannot be read", e);
        }
        workload.startedWith(Settings.pipeline(Optional.of(file)));
        ingest.start();
        awaitQueryable("dc1", PAUSED, NEWCOMER);
    }

    /** Exactly those records come in. */
    void replay() {
        require(lake.shown(records.idOfRefused()) == 0, "refused records were shown before they were replayed");
        TypedCommand done = terminal.type(
                0,
                "^done: .* " + OperatorRecords.REFUSED + " are staged, 0 were known",
                "quarantine replay --data-center " + REFUSED
                        + " --reason invalid_event_time --because 'time_format was mended' --yes");
        require(
                done.line(": " + OperatorRecords.REFUSED + " of [0-9]+ would be events")
                        .isPresent(),
                "the replay did not say before that " + OperatorRecords.REFUSED + " would be events");
        terminal.typeNext(done, 0, "time_format was mended");
        testBed.targets()
                .await(
                        "the replayed events are shown",
                        () -> lake.shown(records.idOfRefused()) == OperatorRecords.REFUSED);
    }

    /** An event goes for good, though the merge job is killed in the middle of it, and copies come. */
    void erase() {
        String id = records.idToErase();
        require(lake.shown(id) == 1, "the event to erase is not shown");
        S3Rule rule = killedAt();
        testBed.targets().s3().add(rule);
        TypedCommand recorded =
                terminal.type(0, "recorded as erasure 1", "erase --event-id " + id + " --because 'request 4711' --yes");
        records.sendCopiesOfErased();
        String held = testBed.targets().awaitHeld(rule);
        testBed.targets().drivers().merge().kill();
        testBed.targets().s3().drop(rule);
        testBed.targets().say("the merge job is killed before " + held.replaceFirst("^/[^/]+/", "") + " is written");
        terminal.typeNext(recorded, 0, "^NOT COMPLETE");
        terminal.typeUntil("^ROWS REMOVED", "erase --proof 1");
        records.sendCopiesOfErased();
        long merges = workload.standing().merges();
        testBed.targets()
                .await("two more merges are done", () -> workload.standing().merges() > merges + 1);
        require(lake.shown(id) == 0, "the erased event is shown");
        long left = lake.stored(id);
        require(left == 0, left + " rows of the erased event are in staging or in the merged table");
    }

    /** Before anything is noted of the first table, or once that is done, and the rows of the second are to go. */
    private S3Rule killedAt() {
        String noted = ".*/_erasures/done/.*events_staging.*";
        return options.seed() % 2 == 0
                ? S3Rule.holdBefore("erasing", noted)
                : S3Rule.holdBefore("erasing", ".*/events_merged/_delta_log/\\d{20}\\.json")
                        .onceStored(noted);
    }

    /** It flows; of what the load sends one record in a hundred is malformed, and may be among those that are tried. */
    private static String explained(String dataCenter) {
        return "^what +" + dataCenter + " (is fine|sends what is no event)";
    }

    private void awaitQueryable(String... names) {
        terminal.type(
                0,
                "is queryable",
                "wait --timeout 3m --through " + clock.instant().truncatedTo(ChronoUnit.SECONDS)
                        + Stream.of(names).map(name -> " --data-center " + name).collect(Collectors.joining()));
    }

    private long read(String dataCenter) {
        return workload.standing().of(dataCenter).read();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
