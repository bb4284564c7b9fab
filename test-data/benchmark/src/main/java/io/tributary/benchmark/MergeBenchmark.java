package io.tributary.benchmark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.delta.tables.DeltaTable;
import io.tributary.columns.Columns;
import io.tributary.compaction.merge.MergeOutcome;
import io.tributary.compaction.merge.Merger;
import io.tributary.config.PipelineConfig;
import io.tributary.lab.fixtures.BatchAppender;
import io.tributary.lake.LakeTables;
import io.tributary.schema.Lake;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Merges new rows into tables of several sizes by our merge and by Delta's MERGE on the event id, in turn.
 *
 * <pre>
 *  table   ▕ 100,000 events a day, ever further back ▕▏ 10 minutes of new events
 *  late rows          in the last ten days   ▕▔▔▔▔▔▔▔▔▏ half of them copies of what is there
 * </pre>
 */
final class MergeBenchmark {

    private static final PipelineConfig CONFIG = PipelineConfig.defaults();
    private static final Instant END = Instant.parse("2026-03-02T00:00:00Z");
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final long ROWS_A_DAY = 100_000;
    private static final long STEP_MILLIS = Duration.ofDays(1).toMillis() / ROWS_A_DAY;
    private static final int LATE_DAYS = 10;
    private static final int LATE_ONE_IN = 100;
    private static final int ROUNDS = 5;

    /** By then the compiler has done with most of what both run. */
    private static final int WARM_UPS = 4;

    /** As many batches as come within ten minutes leave more files than this; MERGE reads as many. */
    private static final int FILES = 4;

    /** The bounds that the figures are held against. */
    private static final double MAX_RATIO_TO_SMALLEST = 1.3;

    private final SparkSession spark;
    private final Path dir;
    private final long newRows;
    private final PrintStream out;
    private long numbers = 1_000_000_000_000L;

    MergeBenchmark(SparkSession spark, Path dir, long newRows, PrintStream out) {
        this.spark = spark;
        this.dir = dir;
        this.newRows = newRows;
        this.out = out;
    }

    private record Line(long tableRows, Cost ours, Cost delta) {}

    /** @return whether the bounds hold */
    boolean run(List<Long> sizes) {
        out.printf(
                Locale.ROOT,
                "merging %,d new rows, 1 %% of them late over %d dates; %,d rows a date; median of %d rounds%n",
                newRows,
                LATE_DAYS,
                ROWS_A_DAY,
                ROUNDS);
        out.printf(
                "%14s%10s%10s%12s%12s%14s%n",
                "table rows", "ours s", "MERGE s", "ours CPU s", "MERGE CPU s", "MERGE / ours");
        measure(sizes.get(0), "warm-up", WARM_UPS);
        List<Line> lines = new ArrayList<>();
        for (long size : sizes) {
            Line line = measure(size, "table-" + size, ROUNDS);
            lines.add(line);
            out.printf(
                    Locale.ROOT,
                    "%,14d%10.1f%10.1f%12.1f%12.1f%14.1f%n",
                    line.tableRows(),
                    line.ours().seconds(),
                    line.delta().seconds(),
                    line.ours().cpuSeconds(),
                    line.delta().cpuSeconds(),
                    line.delta().seconds() / line.ours().seconds());
        }
        return verdict(lines);
    }

    private boolean verdict(List<Line> lines) {
        Line first = lines.get(0);
        Line last = lines.get(lines.size() - 1);
        double growth = last.ours().seconds() / first.ours().seconds();
        boolean isFlat = growth <= MAX_RATIO_TO_SMALLEST;
        boolean isFaster = lines.stream()
                .allMatch(line -> line.ours().seconds() <= line.delta().seconds());
        out.printf(
                Locale.ROOT,
                "ours, the largest table / the smallest: %.2f (at most %.1f: %s); never slower than MERGE: %s%n",
                growth,
                MAX_RATIO_TO_SMALLEST,
                isFlat ? "holds" : "does not hold",
                isFaster ? "holds" : "does not hold");
        return isFlat && isFaster;
    }

    private Line measure(long size, String name, int rounds) {
        Lake lake = Lake.of(Optional.of(dir.resolve(name).toUri().toString()), CONFIG);
        new LakeTables(spark).ensure(lake, List.of());
        fill(lake, size);
        BatchAppender batches = new BatchAppender(lake, "dc1");
        List<Cost> ours = new ArrayList<>();
        List<Cost> delta = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            Instant committedAt = END.plus(WINDOW.multipliedBy(round + 1L));
            batches.append(Events.staged(newRows(size, committedAt), committedAt), newRows, committedAt);
            Merger merger = new Merger(spark, CONFIG, lake);
            ours.add(Cost.of(() -> requireMerged(merger.run())));
            Path source = dir.resolve(name + "-source-" + round);
            Events.staged(newRows(size, committedAt), committedAt)
                    .drop(Columns.ARRIVAL_DATE, Columns.ARRIVAL_HOUR)
                    .write()
                    .parquet(source.toString());
            delta.add(Cost.of(() -> DeltaTable.forPath(spark, lake.merged())
                    .as("merged")
                    .merge(spark.read().parquet(source.toString()).as("fresh"), "merged.event_id = fresh.event_id")
                    .whenNotMatched()
                    .insertAll()
                    .execute()));
            requireInserted(lake);
        }
        return new Line(size, Cost.median(ours), Cost.median(delta));
    }

    private void requireMerged(MergeOutcome outcome) {
        long merged = outcome instanceof MergeOutcome.Merged done
                ? done.metadata().total().merged()
                : 0;
        requireNew("our merge", merged);
    }

    private void requireInserted(Lake lake) {
        Map<String, String> metrics = DeltaTable.forPath(spark, lake.merged())
                .history(1)
                .select("operationMetrics")
                .first()
                .getJavaMap(0);
        requireNew("MERGE", Long.parseLong(metrics.get("numTargetRowsInserted")));
    }

    /** Figures of work that was done wrongly are worth nothing. */
    private void requireNew(String how, long rows) {
        long expected = newRows - newRows / LATE_ONE_IN / 2;
        if (rows != expected) {
            throw new IllegalStateException(how + " took in " + rows + " rows, and " + expected + " were new");
        }
    }

    /** Events up to {@link #END}, evenly, the oldest first; each file holds a part of a date, in order. */
    private void fill(Lake lake, long size) {
        Dataset<Row> rows = spark.range(0, size, 1, (int) Math.max(2, size / 1_000_000))
                .toDF(Events.NUMBER)
                .withColumn(Events.MILLIS, millisOf(col(Events.NUMBER), size))
                .withColumn(Columns.ON_TIME, lit(true));
        Events.staged(rows, END)
                .drop(Columns.ARRIVAL_DATE, Columns.ARRIVAL_HOUR)
                .write()
                .format("delta")
                .mode("append")
                .save(lake.merged());
    }

    private static Column millisOf(Column number, long size) {
        return lit(END.toEpochMilli()).minus(lit(size).minus(number).multiply(STEP_MILLIS));
    }

    /** New events of the last minutes, and late ones: every other a copy of an event of the table, with its time. */
    private Dataset<Row> newRows(long size, Instant committedAt) {
        long first = numbers;
        numbers += newRows;
        long late = newRows / LATE_ONE_IN;
        Column id = col("id");
        Column isLate = id.lt(first + late);
        Column earlier = lit(size - 1).minus(pmod(xxhash64(id), lit(Math.min(size, LATE_DAYS * ROWS_A_DAY))));
        Column number = when(isLate.and(pmod(id, lit(2)).equalTo(0)), earlier).otherwise(id);
        long windowStart = committedAt.minus(WINDOW).toEpochMilli();
        Column millis = when(isLate, millisOf(earlier, size))
                .otherwise(lit(windowStart).plus(pmod(id, lit(WINDOW.toMillis()))));
        return spark.range(first, first + newRows, 1, FILES)
                .toDF("id")
                .select(
                        number.as(Events.NUMBER),
                        millis.as(Events.MILLIS),
                        isLate.equalTo(false).as(Columns.ON_TIME));
    }
}
