package io.tributary.lab.chaos;

import io.tributary.columns.Columns;
import io.tributary.lab.kafka.KafkaLabSpec;
import io.tributary.lab.run.Settings;
import io.tributary.lab.s3.S3Rule;
import io.tributary.schema.Lake;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What an operator does, step by step. Each ends when what was wanted has come about. */
final class OperatorSteps {

    private static final String NEWCOMER = "dc4";
    private static final String PAUSED = "dc2";
    private static final String DRAINED = "dc3";
    private static final String MISTAKEN = "dc5";
    private static final String REFUSED = "dc2";

    /** Nobody serves there. */
    private static final String WRONG = "127.0.0.1:1";

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
        String[] add = {
            "dc", "add", NEWCOMER, "--brokers", brokers, "--topics", KafkaLabSpec.TOPIC, "--because", "a new site"
        };
        terminal.type(2, "to do it: the same with --yes", add);
        TypedCommand added = terminal.type(0, "the stream reads it at its next trigger", with(add, "--yes"));
        terminal.typeNext(added, 0, "^what +" + NEWCOMER + " is fine");
        terminal.type(0, "^ *ok|next:", "dc", "check", NEWCOMER);
        terminal.typeUntil("^" + NEWCOMER + " +(OK|CATCHING UP)", "status");
        testBed.targets().await("events of " + NEWCOMER + " arrive", () -> read(NEWCOMER) > 0);
    }

    /** A data center is not read for a while, and then from where it was. */
    void pauseAndResume() {
        TypedCommand paused = terminal.type(
                0,
                "the stream reads it",
                "dc",
                "pause",
                PAUSED,
                "--until",
                "10m",
                "--because",
                "broker upgrade",
                "--yes");
        terminal.typeNext(paused, 0, PAUSED + ".* paused");
        terminal.typeUntil("^" + PAUSED + " +PAUSED", "status");
        long before = read(PAUSED);
        long others = read("dc1");
        testBed.targets().pause(PAUSE);
        require(read(PAUSED) == before, PAUSED + " is paused and was read");
        require(read("dc1") > others, "dc1 was not read while " + PAUSED + " was paused");
        TypedCommand resumed = terminal.type(
                0, "the stream reads it", "dc", "resume", PAUSED, "--because", "the brokers are upgraded", "--yes");
        terminal.typeNext(resumed, 0, "next:");
        awaitQueryable(PAUSED);
    }

    /** A data center's producers stop; everything of it is merged before it goes. */
    void drainAndRemove() {
        workload.hold(DRAINED);
        Path certificate = testBed.pipeline().directory().lab().resolve("certificate.json");
        terminal.type(
                0,
                "^balance 0",
                "dc",
                "drain",
                DRAINED,
                "--because",
                "the site is closed",
                "--json",
                certificate.toString());
        long sent = workload.sent(DRAINED);
        long read = certified(certificate).getJsonNumber("read").longValue();
        require(read == sent, "the certificate says that " + read + " records were read, and " + sent + " were sent");
        terminal.type(0, "the stream reads it", "dc", "remove", DRAINED, "--because", "the site is closed", "--yes");
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
        String[] add = {
            "dc",
            "add",
            MISTAKEN,
            "--brokers",
            WRONG,
            "--topics",
            KafkaLabSpec.TOPIC,
            "--because",
            "a new site",
            "--yes"
        };
        terminal.type(2, MISTAKEN + " is not added", add);
        TypedCommand added = terminal.type(0, "the stream reads it at its next trigger", with(add, "--force"));
        terminal.typeNext(added, 3, "^what +" + MISTAKEN + " does not answer");
        terminal.type(2, "fail", "dc", "check", MISTAKEN);
        terminal.typeUntil("^" + MISTAKEN + " +SILENT", "status");
        testBed.targets().pause(ISOLATED);
        terminal.type(2, "is not removed", "dc", "remove", MISTAKEN, "--because", "its port was wrong", "--yes");
        terminal.type(
                0,
                "the stream reads it",
                "dc",
                "remove",
                MISTAKEN,
                "--because",
                "its port was wrong",
                "--yes",
                "--force");
    }

    /** Records come whose time no rule reads. */
    void refuse() {
        records.sendRefused(REFUSED);
        testBed.targets().await("they are in quarantine", () -> quarantined() == OperatorRecords.REFUSED);
        terminal.type(0, REFUSED + " +invalid_event_time", "quarantine", "list");
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
        ingest.start();
        awaitQueryable("dc1", PAUSED, NEWCOMER);
    }

    /** Exactly those records come in. */
    void replay() {
        String[] replay = {
            "quarantine",
            "replay",
            "--data-center",
            REFUSED,
            "--reason",
            "invalid_event_time",
            "--because",
            "time_format was mended"
        };
        terminal.type(2, ": " + OperatorRecords.REFUSED + " of [0-9]+ would be events", replay);
        require(shown(records.idOfRefused() + "%") == 0, "refused records were shown before they were replayed");
        records.replayed();
        TypedCommand done = terminal.type(
                0, "^done: .* " + OperatorRecords.REFUSED + " are staged, 0 were known", with(replay, "--yes"));
        terminal.typeNext(done, 0, "time_format was mended");
        testBed.targets()
                .await(
                        "the replayed events are shown",
                        () -> shown(records.idOfRefused() + "%") == OperatorRecords.REFUSED);
    }

    /** An event goes for good, though the merge job is killed in the middle of it, and copies come. */
    void erase() {
        require(shown(records.idToErase()) == 1, "the event to erase is not shown");
        S3Rule rule = killedAt();
        testBed.targets().s3().add(rule);
        records.erase();
        TypedCommand recorded = terminal.type(
                0,
                "recorded as erasure 1",
                "erase",
                "--event-id",
                records.idToErase(),
                "--because",
                "request 4711",
                "--yes");
        records.sendCopiesOfErased();
        String held = testBed.targets().awaitHeld(rule);
        testBed.targets().drivers().merge().kill();
        testBed.targets().s3().drop(rule);
        testBed.targets().say("the merge job is killed before " + held.replaceFirst("^/[^/]+/", "") + " is written");
        terminal.typeNext(recorded, 0, "^NOT COMPLETE");
        terminal.typeUntil("^ROWS REMOVED", "erase", "--proof", "1");
        records.sendCopiesOfErased();
        long merges = workload.standing().merges();
        testBed.targets()
                .await("two more merges are done", () -> workload.standing().merges() > merges + 1);
        require(shown(records.idToErase()) == 0, "the erased event is shown");
        Lake lake = testBed.pipeline().lake();
        for (String table : new String[] {lake.staging(), lake.merged()}) {
            long rows = count("delta.`" + table + "` WHERE " + Columns.EVENT_ID + " = '" + records.idToErase() + "'");
            require(rows == 0, rows + " rows of the erased event are in " + table);
        }
    }

    /** Before anything is noted of the first table, or once that is done, and the rows of the second are to go. */
    private S3Rule killedAt() {
        String noted = ".*/_erasures/done/.*events_staging.*";
        return options.seed() % 2 == 0
                ? S3Rule.holdBefore("erasing", noted)
                : S3Rule.holdBefore("erasing", ".*/events_merged/_delta_log/\\d{20}\\.json")
                        .onceStored(noted);
    }

    private void awaitQueryable(String... names) {
        List<String> words =
                new ArrayList<>(List.of("wait", "--through", clock.instant().toString(), "--timeout", "3m"));
        for (String name : names) {
            words.addAll(List.of("--data-center", name));
        }
        terminal.type(0, "is queryable", words.toArray(String[]::new));
    }

    private long read(String dataCenter) {
        return workload.standing().of(dataCenter).read();
    }

    private long quarantined() {
        return count("delta.`" + testBed.pipeline().lake().quarantine() + "` WHERE decode(" + Columns.RAW
                + ", 'UTF-8') LIKE '%" + records.idOfRefused() + "%'");
    }

    /** How many events the view shows whose ids are like this. */
    private long shown(String ids) {
        return count(testBed.pipeline().lake().names().view() + " WHERE " + Columns.EVENT_ID + " LIKE '" + ids + "'");
    }

    private long count(String from) {
        return testBed.pipeline()
                .sql()
                .query("SELECT count(*) FROM " + from)
                .first()
                .getLong(0);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }

    private static String[] with(String[] words, String more) {
        String[] all = Arrays.copyOf(words, words.length + 1);
        all[words.length] = more;
        return all;
    }
}
