package io.tributary.benchmark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.tributary.columns.Columns;
import io.tributary.compaction.MergeJob;
import io.tributary.compaction.catalog.Catalog;
import io.tributary.compaction.catalog.CatalogSync;
import io.tributary.compaction.catalog.LakeCatalogTargets;
import io.tributary.compaction.catalog.glue.GlueCatalog;
import io.tributary.config.PipelineConfig;
import io.tributary.lab.fixtures.BatchAppender;
import io.tributary.lab.trino.Questions;
import io.tributary.lab.trino.Stage;
import io.tributary.lake.LakeTables;
import io.tributary.runtime.LocalRuntime;
import io.tributary.schema.Lake;
import io.tributary.schema.TableDefinition;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.delta.DeltaLog;

/**
 * A day of one-minute batches, compressed in time, merged every quarter of an hour; then what became of the files, and
 * what Trino takes for five questions of analysts on the raw rows, on the view, and on a table in perfect order.
 */
final class FilesBenchmark {

    private static final Instant DAY = Instant.parse("2026-03-01T00:00:00Z");
    private static final Duration BATCH = Duration.ofMinutes(1);
    private static final int BATCHES_A_MERGE = 15;
    private static final int LATE_ONE_IN = 20;
    private static final int LATE_DAYS = 10;
    private static final int ASKED = 3;
    private static final String IDEAL = "events_ideal";

    private final Stage stage;
    private final LocalRuntime runtime;
    private final PipelineConfig config;
    private final PrintStream out;

    FilesBenchmark(Stage stage, LocalRuntime runtime, String targetFileSize, PrintStream out) {
        this.stage = stage;
        this.runtime = runtime;
        this.config = PipelineConfig.parse(
                "merge: {target_file_size: " + targetFileSize + "}\ncatalog: {type: glue}", "benchmark");
        this.out = out;
    }

    private record Files(long count, long bytes) {}

    private record Question(String name, String sql) {}

    void run(int minutes, int rowsAMinute) throws SQLException, IOException {
        // Written as files of this machine and read through S3: what is measured begins when the day is over.
        Lake written = Lake.of(Optional.of(stage.folderOf("day").toUri().toString()), config);
        new LakeTables(runtime.spark()).ensure(written, List.of());
        long mergesSeconds = write(written, minutes, rowsAMinute);
        out.printf(
                Locale.ROOT,
                "%,d batches of %,d rows, %d merges in %,d s, target %,d bytes%n",
                minutes,
                rowsAMinute,
                minutes / BATCHES_A_MERGE,
                mergesSeconds,
                config.merge().targetFileBytes());
        files(written);
        ideal(written);
        // The S3 endpoint keeps ETags of what came through it alone.
        runtime.spark().conf().set("fs.s3a.change.detection.version.required", "false");
        Lake served = Lake.of(Optional.of(stage.lake("day")), config);
        publish(served);
        try (Questions trino = stage.ask(served)) {
            ask(trino);
        }
    }

    private long write(Lake lake, int minutes, int rowsAMinute) {
        PipelineConfig quiet = PipelineConfig.parse(
                "merge: {target_file_size: " + config.merge().targetFileBytes() + "}", "benchmark");
        MergeJob job = new MergeJob(runtime, quiet, lake);
        BatchAppender batches = new BatchAppender(lake, "dc1");
        double seconds = 0;
        for (int minute = 1; minute <= minutes; minute++) {
            Instant committedAt = DAY.plus(BATCH.multipliedBy(minute)).plusMillis(1);
            batches.append(
                    Events.staged(rows(minute, rowsAMinute, committedAt), committedAt), rowsAMinute, committedAt);
            if (minute % BATCHES_A_MERGE == 0) {
                seconds += Cost.of(job::run).seconds();
            }
        }
        return Math.round(seconds);
    }

    /** Most of the last minute; of the late, a quarter are copies of earlier ones and half happened days before. */
    private Dataset<Row> rows(int minute, int rowsAMinute, Instant committedAt) {
        long first = (long) minute * rowsAMinute;
        Column id = col("id");
        Column isLate = pmod(xxhash64(id), lit(LATE_ONE_IN)).equalTo(0);
        Column kind = pmod(xxhash64(id, lit("kind")), lit(4));
        Column isCopy = isLate.and(kind.equalTo(0)).and(lit(minute > 2));
        Column number = when(
                        isCopy,
                        pmod(xxhash64(id, lit("of")), lit(Math.max(1, first - rowsAMinute)))
                                .plus(rowsAMinute))
                .otherwise(id);
        // The time follows from the number alone, so that a copy has the time of what it copies.
        Column own = pmod(xxhash64(number), lit(LATE_ONE_IN)).equalTo(0);
        Column back = when(
                        own,
                        pmod(
                                xxhash64(number, lit("back")),
                                lit(Duration.ofDays(LATE_DAYS).toMillis())))
                .otherwise(lit(0L));
        Column millis = lit(DAY.toEpochMilli())
                .plus(number.multiply(lit(BATCH.toMillis()))
                        .divide(lit(rowsAMinute))
                        .cast("bigint"))
                .minus(back);
        return runtime.spark()
                .range(first, first + rowsAMinute, 1, 1)
                .toDF("id")
                .select(
                        number.as(Events.NUMBER),
                        millis.as(Events.MILLIS),
                        isLate.equalTo(false)
                                .and(lit(millis(committedAt)).minus(millis).lt(3_000_000))
                                .as(Columns.ON_TIME));
    }

    private static long millis(Instant moment) {
        return moment.toEpochMilli();
    }

    private void files(Lake lake) {
        out.printf("%n%-18s%12s%16s%12s%16s%16s%n", "table", "files", "bytes", "files now", "bytes now", "largest now");
        for (String table : List.of(lake.staging(), lake.merged())) {
            Files before = writtenTo(table);
            Dataset<Row> now = DeltaLog.forTable(runtime.spark(), table)
                    .unsafeVolatileSnapshot()
                    .allFiles()
                    .toDF();
            Row row = now.selectExpr("count(*)", "sum(size)", "max(size)").first();
            out.printf(
                    Locale.ROOT,
                    "%-18s%,12d%,16d%,12d%,16d%,16d%n",
                    table.substring(table.lastIndexOf('/') + 1),
                    before.count(),
                    before.bytes(),
                    row.getLong(0),
                    row.getLong(1),
                    row.getLong(2));
        }
    }

    /** What batches and merges wrote: the files that there would be without maintenance. */
    private Files writtenTo(String table) {
        Row row = runtime.spark()
                .read()
                .schema("add STRUCT<path: STRING, size: BIGINT, dataChange: BOOLEAN>")
                .json(table + "/_delta_log/*.json")
                .where("add.dataChange")
                .selectExpr("count(*)", "sum(add.size)")
                .first();
        return new Files(row.getLong(0), row.getLong(1));
    }

    private void ideal(Lake lake) {
        TableDefinition definition = ideal(lake.root());
        new LakeTables(runtime.spark()).make(definition);
        long bytes = DeltaLog.forTable(runtime.spark(), lake.merged())
                .unsafeVolatileSnapshot()
                .sizeInBytes();
        Column[] order = {col(Columns.EVENT_DATE), col(Columns.EVENT_TIME)};
        int files = (int) (bytes / config.merge().targetFileBytes()) + 1;
        runtime.spark()
                .read()
                .format("delta")
                .load(lake.merged())
                .where(col(Columns.EVENT_DATE).isNotNull())
                .repartitionByRange(files, order)
                .sortWithinPartitions(order)
                .write()
                .format("delta")
                .mode("append")
                .save(definition.path());
    }

    private TableDefinition ideal(String root) {
        TableDefinition merged = TableDefinition.merged(Lake.of(Optional.of(root), config), List.of());
        return new TableDefinition(
                root + "/" + IDEAL,
                "Every event once, in order",
                merged.schema(),
                merged.partitions(),
                merged.properties());
    }

    private void publish(Lake lake) {
        List<TableDefinition> tables = new ArrayList<>(TableDefinition.all(lake, List.of()));
        tables.add(ideal(lake.root()));
        try (Catalog catalog = GlueCatalog.open(config.catalog())) {
            new CatalogSync(catalog, new LakeCatalogTargets(runtime.spark(), runtime.clock(), config, lake, tables))
                    .publish();
        }
    }

    private void ask(Questions trino) throws SQLException {
        out.printf(
                "%n%-34s%12s%10s%8s%16s%12s%14s%n",
                "question, of Trino", "raw s", "events s", "ideal s", "raw bytes", "events b.", "ideal b.");
        for (Question question : questions()) {
            List<Double> seconds = new ArrayList<>();
            List<Long> bytes = new ArrayList<>();
            for (String table : List.of("events_staging", "events", IDEAL)) {
                List<Double> times = new ArrayList<>();
                Questions.Answer answer = null;
                for (int i = 0; i < ASKED; i++) {
                    answer = trino.answer(String.format(question.sql(), table));
                    times.add(answer.stats().getElapsedTimeMillis() / 1e3);
                }
                times.sort(null);
                seconds.add(times.get(ASKED / 2));
                bytes.add(answer.stats().getPhysicalInputBytes());
            }
            out.printf(
                    Locale.ROOT,
                    "%-34s%12.2f%10.2f%8.2f%,16d%,12d%,14d%n",
                    question.name(),
                    seconds.get(0),
                    seconds.get(1),
                    seconds.get(2),
                    bytes.get(0),
                    bytes.get(1),
                    bytes.get(2));
        }
    }

    private static List<Question> questions() {
        String hour = " WHERE event_time >= TIMESTAMP '2026-03-01 02:00:00 UTC'"
                + " AND event_time < TIMESTAMP '2026-03-01 03:00:00 UTC'";
        return List.of(
                new Question(
                        "an hour by type",
                        "SELECT event_type, count(DISTINCT event_id) FROM %s" + hour + " GROUP BY event_type"),
                new Question(
                        "a date by data center",
                        "SELECT data_center, count(DISTINCT event_id) FROM %s WHERE event_date = DATE '2026-02-24'"
                                + " GROUP BY data_center"),
                new Question(
                        "five minutes, whole records",
                        "SELECT max(length(payload)) FROM %s WHERE event_time >= TIMESTAMP '2026-03-01 03:00:00 UTC'"
                                + " AND event_time < TIMESTAMP '2026-03-01 03:05:00 UTC'"),
                new Question(
                        "lateness of an hour",
                        "SELECT data_center, max(date_diff('second', event_time, arrived_at)) FROM %s" + hour
                                + " GROUP BY data_center"),
                new Question(
                        "ten days, by date",
                        "SELECT event_date, count(event_type) FROM %s WHERE event_date >= DATE '2026-02-19'"
                                + " GROUP BY event_date"));
    }
}
