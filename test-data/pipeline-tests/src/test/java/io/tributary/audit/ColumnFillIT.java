package io.tributary.audit;

import static io.tributary.lab.fixtures.StagedBatches.Staged.late;
import static io.tributary.lab.fixtures.StagedBatches.Staged.onTime;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.compaction.MergeJob;
import io.tributary.compaction.fill.ColumnFill;
import io.tributary.compaction.merge.Merger;
import io.tributary.config.ColumnDigest;
import io.tributary.config.DataCenters;
import io.tributary.config.PipelineConfig;
import io.tributary.lab.fixtures.LakeTemplate;
import io.tributary.lab.fixtures.StagedBatches;
import io.tributary.lab.fixtures.StagedBatches.Staged;
import io.tributary.lake.LakeTables;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.commit.FillMetadata;
import io.tributary.lake.erasure.ErasureRequests;
import io.tributary.lake.fill.ColumnFills;
import io.tributary.lake.fill.ColumnFills.State;
import io.tributary.lake.fill.FillProgress;
import io.tributary.lake.view.LakeSql;
import io.tributary.operations.cli.Environment;
import io.tributary.operations.cli.TributaryTool;
import io.tributary.operations.columns.ColumnOutcomes;
import io.tributary.operations.columns.ColumnTrial;
import io.tributary.operations.columns.FillableColumns;
import io.tributary.operations.erasure.ErasureInstruction;
import io.tributary.operations.erasure.ErasureSearch;
import io.tributary.runtime.HadoopFiles;
import io.tributary.runtime.LocalRuntime;
import io.tributary.schema.Lake;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Columns that are filled from stored payloads while batches and merges go on, over real tables. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ColumnFillIT {

    private static final PipelineConfig BEFORE = PipelineConfig.parse("", "test");
    private static final String YAML = """
            columns:
              - {name: amount, type: "decimal(18,2)", from: /order/amount}
            rollups:
              - name: sales
                bucket: 1d
                measures:
                  - {name: total, type: sum, column: amount}
            """;
    private static final PipelineConfig AFTER = PipelineConfig.parse(YAML, "test");
    private static final Instant NOW = Instant.parse("2026-03-05T23:00:00Z");
    private static final String LINEAGE = "SELECT event_id, event_time, event_type, data_center, payload, event_date,"
            + " kafka_cluster, kafka_topic, kafka_partition, kafka_offset, kafka_timestamp, arrived_at, on_time";
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 5);
    private static final int BATCH = 10_000;
    private static final int DAYS = 5;

    @TempDir
    Path dir;

    private LocalRuntime runtime;
    private LakeTemplate template;
    private int lakes;
    private int sent;
    private Lake lake;
    private StagedBatches staging;

    @BeforeAll
    void startSpark(@TempDir Path folder) {
        runtime = LocalRuntime.open("column-fill-it", 2);
        template = LakeTemplate.of(runtime.spark(), folder.resolve("template"), BEFORE);
    }

    @AfterAll
    void stopSpark() {
        runtime.close();
    }

    @BeforeEach
    void freshLake() {
        lake = template.copyTo(dir.resolve("lake-" + lakes++));
        sent = 0;
        staging = new StagedBatches(runtime.spark(), lake, NOW);
        staging.sendPayloads(ColumnFillIT::payload);
        staging.knowColumns(ColumnDigest.ofAll(BEFORE));
    }

    @Test
    void aNewColumnIsFilledToTheLastRowWhileBatchesAndMergesGoOn() throws Exception {
        for (int i = 0; i < 10; i++) {
            stage(BATCH);
        }
        merge(BEFORE);
        erase("e7");
        merge(BEFORE);
        List<Row> before = rows(LINEAGE + " FROM events_merged WHERE event_date IS NOT NULL");
        assertThat(before).hasSize(10 * BATCH - 1);

        assertThat(trial(AFTER).words())
                .containsExactly(
                        "amount would be filled for 90.0 % of the last day (20,000 events of 2026-03-05); 5.0 %"
                                + " unfit, for example \"n/a\"; 5.0 % have nothing there");
        order();
        stage(BATCH);
        merge(BEFORE);
        assertThat(fills().all().get(0).state()).isEqualTo(State.OPEN);
        new LakeTables(runtime.spark()).ensure(lake, AFTER.columns());
        assertThat(viewColumns()).doesNotContain("amount");

        // A run whose time is over after some dates, and which was killed before it noted the last of them.
        new ColumnFill(runtime.spark(), AFTER, lake, fills(), new TickingClock()).run(1, Duration.ofSeconds(2));
        FillProgress part = fills().progress(1).orElseThrow();
        assertThat(part.filled()).hasSizeBetween(1, DAYS - 1);
        fills().note(
                        1,
                        new FillProgress(
                                part.version(),
                                part.filled().headSet(part.filled().last()),
                                0));
        assertThat(viewColumns()).doesNotContain("amount");
        assertThat(deep(AFTER).findings()).isEmpty();

        AtomicBoolean isFilled = new AtomicBoolean();
        ExecutorService threads = Executors.newSingleThreadExecutor();
        Future<?> stream = threads.submit(() -> {
            for (int batch = 0; !isFilled.get(); batch++) {
                if (batch == 3) {
                    restartStream(AFTER);
                }
                stage(100);
                new Merger(runtime.spark(), AFTER, lake).run();
            }
        });
        for (int run = 0; run < 200 && fills().all().get(0).isOpen(); run++) {
            new ColumnFill(runtime.spark(), AFTER, lake, fills(), Clock.systemUTC()).run(1, Duration.ofMinutes(1));
        }
        isFilled.set(true);
        stream.get();
        threads.shutdown();
        merge(AFTER);

        assertThat(fills().all().get(0).state()).isEqualTo(State.FILLED);
        assertThat(viewColumns()).contains("amount");
        assertEveryAmountIsRight(sent - 1);
        assertThat(rows(LINEAGE
                        + " FROM events_merged WHERE event_date IS NOT NULL AND CAST(substr(event_id, 2) AS INT) < "
                        + 10 * BATCH))
                .containsExactlyElementsOf(before);
        assertThat(deep(AFTER).findings()).isEmpty();
        assertThat(new CommitLog(lake.merged(), new Configuration())
                        .after(0).stream()
                                .filter(commit -> commit.metadata().orElse(null) instanceof FillMetadata)
                                .count())
                .isGreaterThan(DAYS);
    }

    @Test
    void itIsNotShownBeforeWhatOthersHaveStagedIsMerged() {
        stage(50);
        merge(BEFORE);
        order();
        new LakeTables(runtime.spark()).ensure(lake, AFTER.columns());
        stage(50);
        ColumnFill fill = new ColumnFill(runtime.spark(), AFTER, lake, fills(), Clock.systemUTC());
        fill.run(1, Duration.ofMinutes(1));
        assertThat(fills().all().get(0).state()).isEqualTo(State.OPEN);
        restartStream(AFTER);
        stage(50);
        fill.run(1, Duration.ofMinutes(1));
        assertThat(fills().all().get(0).state()).isEqualTo(State.OPEN);

        merge(AFTER);

        assertThat(fills().all().get(0).state()).isEqualTo(State.FILLED);
        assertEveryAmountIsRight(150);
        staging.sendPayloads(id -> "{}");
        stage(50);
        merge(AFTER);
        assertEveryAmountIsRight(200);
        assertThat(deep(AFTER).findings()).isEmpty();
    }

    @Test
    void itStaysOpenUntilTheStreamGoesOnWithTheColumnsAsTheyWereOrdered() {
        stage(50);
        merge(BEFORE);
        order();
        merge(AFTER);
        stage(50);
        merge(AFTER);
        assertThat(fills().progress(1).orElseThrow().filled()).hasSize(DAYS);
        assertThat(fills().all().get(0).state()).isEqualTo(State.OPEN);
        assertThat(viewColumns()).doesNotContain("amount");

        restartStream(AFTER);
        stage(50);
        LakeSql sql = new LakeSql(runtime.spark(), lake);
        new Merger(runtime.spark(), AFTER, lake).run();
        assertThat(sql.query("SELECT * FROM events").columns()).doesNotContain("amount");
        new ColumnFill(runtime.spark(), AFTER, lake, fills(), Clock.systemUTC()).run(1, Duration.ofMinutes(1));

        assertThat(fills().all().get(0).state()).isEqualTo(State.FILLED);
        assertThat(sql.query("SELECT * FROM events").columns())
                .as("no commit was made since it looked last")
                .contains("amount");
        assertEveryAmountIsRight(150);
    }

    @Test
    void anOrderThatIsNeverDeployedKeepsNoOtherOpen() {
        stage(50);
        merge(BEFORE);
        PipelineConfig other =
                PipelineConfig.parse("columns: [{name: currency, type: string, from: /order/currency}]", "test");
        fills().add(FillableColumns.named(List.of("currency"), other, new DataCenters(List.of()))
                .order(fills().all(), NOW, "somebody", "test"));
        order();
        merge(AFTER);
        restartStream(AFTER);
        stage(50);
        merge(AFTER);
        stage(50);
        merge(AFTER);

        assertThat(fills().all()).extracting(ColumnFills.Fill::state).containsExactly(State.OPEN, State.FILLED);
        assertThat(fills().progress(2).orElseThrow().rows()).isEqualTo(50);
        assertEveryAmountIsRight(150);
    }

    @Test
    void whatTheStreamWroteRightlyIsNotOverwrittenByAFillWithOtherMappings() {
        PipelineConfig times = PipelineConfig.parse("columns: [{name: seen, type: timestamp, from: /seen}]", "test");
        Instant right = Instant.parse("2026-03-01T08:00:00Z");
        staging.sendPayloads(id -> "{\"seen\":\"" + right + "\"}");
        stage(50);
        merge(BEFORE);
        fills().add(FillableColumns.named(List.of("seen"), times, new DataCenters(List.of()))
                .order(fills().all(), NOW.plusSeconds(1), "somebody", "test"));
        new LakeTables(runtime.spark()).ensure(lake, times.columns());
        staging.pause(Duration.ofMinutes(1));
        // A data center that was added since writes its times otherwise, as the stream knows.
        staging = staging.withColumns(times.columns(), (id, column) -> Timestamp.from(right));
        staging.knowColumns(ColumnDigest.ofAll(times));
        staging.sendPayloads(id -> "{\"seen\":\"1.3.2026\"}");
        stage(50);
        merge(times);

        assertThat(fills().all().get(0).state()).isEqualTo(State.FILLED);
        assertThat(rows("SELECT event_id FROM events")).hasSize(100);
        assertThat(rows("SELECT event_id FROM events WHERE seen <=> TIMESTAMP '2026-03-01 08:00:00Z'"))
                .hasSize(100);
        assertThat(fills().progress(1).orElseThrow().rows()).isEqualTo(100);
    }

    @Test
    void aMergeThatDidNotKnowTheFillMakesItsDatesDueAgain() {
        stage(50);
        merge(BEFORE);
        order();
        new LakeTables(runtime.spark()).ensure(lake, AFTER.columns());
        ColumnFill fill = new ColumnFill(runtime.spark(), AFTER, lake, fills(), new TickingClock());
        fill.run(1, Duration.ofSeconds(3));
        stage(50);
        new Merger(runtime.spark(), BEFORE, lake).run();
        restartStream(AFTER);
        stage(50);

        merge(AFTER);

        assertThat(fills().all().get(0).state()).isEqualTo(State.FILLED);
        assertEveryAmountIsRight(150);
    }

    @Test
    void aCorrectedColumnIsFilledAnewAndARollupOverItFollowsAtOnce() {
        PipelineConfig wrong = PipelineConfig.parse(YAML.replace("/order/amount", "/order/amont"), "test");
        new LakeTables(runtime.spark()).ensure(lake, wrong.columns());
        staging = staging.withColumns(wrong.columns(), (id, column) -> new BigDecimal("13.00"));
        staging.knowColumns(ColumnDigest.ofAll(wrong));
        stage(100);
        merge(wrong);
        assertThat(rows("SELECT sum(total) FROM delta.`" + lake.root() + "/sales`")
                        .get(0)
                        .getDecimal(0))
                .isEqualByComparingTo("1300");
        order();
        assertThat(viewColumns()).doesNotContain("amount");

        merge(wrong);
        assertThat(fills().all().get(0).state()).isEqualTo(State.OPEN);
        restartStream(AFTER);
        stage(100);
        merge(AFTER);

        assertThat(fills().all().get(0).state()).isEqualTo(State.FILLED);
        assertEveryAmountIsRight(200);
        merge(AFTER);
        assertThat(rows("SELECT sum(total) FROM delta.`" + lake.root() + "/sales`"))
                .isEqualTo(rows("SELECT sum(amount) FROM events"));
        assertThat(deep(AFTER).findings()).isEmpty();
    }

    @Test
    void aFillIsGivenUpAndOrderedAgain() {
        stage(50);
        merge(BEFORE);
        order();
        assertThatThrownBy(this::order).hasMessageContaining("Fill 1 is filling amount");
        assertThat(tool("columns", "fill", "--cancel", "1", "--because", "test", "--yes"))
                .contains("fill 1 is canceled");
        merge(AFTER);
        assertThat(viewColumns()).contains("amount");
        order();
        restartStream(AFTER);
        stage(50);
        merge(AFTER);

        assertEveryAmountIsRight(100);
        assertThat(tool("columns", "list")).contains("canceled").contains("filled");
        assertThat(tool("columns", "list", "--json")).contains("\"state\" : \"filled\"");
    }

    @Test
    void whatIsNotInThePayloadOrOfAnotherTypeIsRefused() {
        stage(50);
        merge(AFTER);
        assertThatThrownBy(() -> named("header:tenant", "string"))
                .hasMessageContaining("The column amount is taken from header:tenant, and events are stored without the"
                        + " key and the headers of their records");
        assertThatThrownBy(() -> FillableColumns.named(List.of("amont"), AFTER, new DataCenters(List.of())))
                .hasMessageContaining("The configuration has no column amont");
        FillableColumns other = named("/order/amount", "long");
        assertThatThrownBy(() -> new ColumnTrial(runtime.spark(), lake).of(other, TODAY, 100))
                .hasMessageContaining(
                        "Column amount of events_merged is decimal(18,2) and the configuration says bigint")
                .hasMessageContaining("tributary columns fill --column amount_long");
        assertThatThrownBy(() -> new LakeTables(runtime.spark()).ensure(lake, other.columns()))
                .hasMessageContaining("What is stored as decimal(18,2) is no bigint.");
    }

    private static FillableColumns named(String from, String type) {
        PipelineConfig config =
                PipelineConfig.parse("columns: [{name: amount, type: " + type + ", from: \"" + from + "\"}]", "test");
        return FillableColumns.named(List.of("amount"), config, new DataCenters(List.of()));
    }

    private ColumnOutcomes trial(PipelineConfig config) {
        return new ColumnTrial(runtime.spark(), lake)
                .of(FillableColumns.named(List.of(), config, new DataCenters(List.of())), TODAY, 100_000);
    }

    private void order() {
        fills().add(FillableColumns.named(List.of("amount"), AFTER, new DataCenters(List.of()))
                .order(fills().all(), NOW, "somebody", "test"));
    }

    /** The streaming job is deployed with this configuration. */
    private void restartStream(PipelineConfig config) {
        staging = staging.withColumns(config.columns(), (id, column) -> amount(id));
        staging.knowColumns(ColumnDigest.ofAll(config));
    }

    private void erase(String id) {
        ErasureRequests requests = new ErasureRequests(lake.erasures(), new HadoopFiles(new Configuration()));
        new ErasureInstruction(NOW, "somebody", "test", Duration.ofDays(30))
                .requests(
                        new ErasureSearch(runtime.spark(), lake, BEFORE.dedup().scope(), requests.salt())
                                .byId(List.of(id), Optional.empty()),
                        "some")
                .forEach(requests::add);
    }

    private void stage(int events) {
        Staged[] batch = new Staged[events];
        for (int i = 0; i < events; i++) {
            Instant time = NOW.minus(Duration.ofDays(sent % DAYS)).plusMillis(sent / DAYS);
            batch[i] = sent % DAYS == 0 ? onTime("e" + sent, time) : late("e" + sent, time);
            sent++;
        }
        staging.append(batch);
    }

    private static String payload(String id) {
        int number = Integer.parseInt(id.substring(1));
        return switch (number % 100) {
            case 35 -> "{\"order\":{\"amount\":\"n/a\"}}";
            case 70 -> "{\"order\":{}}";
            default -> "{\"order\":{\"amount\":" + number + ".5}}";
        };
    }

    private static BigDecimal amount(String id) {
        int number = Integer.parseInt(id.substring(1));
        return number % 100 == 35 || number % 100 == 70 ? null : new BigDecimal(number + ".50");
    }

    private void assertEveryAmountIsRight(int expected) {
        List<Row> events = rows("SELECT event_id, amount FROM events");
        assertThat(events).hasSize(expected);
        assertThat(events.stream().map(row -> row.getString(0)).distinct()).hasSize(expected);
        List<Row> wrong = new ArrayList<>(events);
        wrong.removeIf(row -> String.valueOf(row.getDecimal(1)).equals(String.valueOf(amount(row.getString(0)))));
        assertThat(wrong).isEmpty();
    }

    private List<String> viewColumns() {
        return Arrays.asList(
                new LakeSql(runtime.spark(), lake).query("SELECT * FROM events").columns());
    }

    private List<Row> rows(String query) {
        return new LakeSql(runtime.spark(), lake).query(query + " ORDER BY 1").collectAsList();
    }

    private void merge(PipelineConfig config) {
        new MergeJob(runtime, config, lake).run();
    }

    private ColumnFills fills() {
        return new ColumnFills(lake, new HadoopFiles(new Configuration()));
    }

    private String tool(String... options) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        Environment environment = new Environment(new Configuration(), Clock.fixed(NOW, ZoneOffset.UTC), print, print);
        String[] all = Stream.concat(Arrays.stream(options), Stream.of("--lake", lake.root()))
                .toArray(String[]::new);
        TributaryTool.commandLine(environment).execute(all);
        return out.toString(StandardCharsets.UTF_8);
    }

    private AuditReport deep(PipelineConfig config) {
        DeltaLog.clearCache();
        try (LakeLogs logs = new LakeLogs(lake, new Configuration())) {
            AuditReport report = logs.audit();
            return report.plus(new DataAudit(runtime.spark(), lake, config.dedup()).compare(logs, report))
                    .plus(new RollupAudit(runtime.spark(), lake, config).compare());
        }
    }

    /** Each look at it is a second later. */
    private static final class TickingClock extends Clock {

        private Instant now = NOW;

        @Override
        public Instant instant() {
            now = now.plusSeconds(1);
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
