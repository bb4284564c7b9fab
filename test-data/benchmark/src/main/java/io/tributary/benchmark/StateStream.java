package io.tributary.benchmark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.md5;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.when;

import io.tributary.aws.s3.ConditionalCheckpointFiles;
import io.tributary.ingest.state.StateStoreClass;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;

/**
 * A stream of numbered rows, one in twenty of which repeats an earlier one, that is deduplicated as the streaming job does
 * it. All rows of a batch have the same time, and each batch comes a second after the one before.
 */
final class StateStream {

    private static final int REPEATED_ONE_IN = 20;

    /** A repeated row is this many rows and one behind its first copy. */
    private static final int REPEATED_AFTER = 1_000;

    private final SparkSession spark;
    private final String storeClass;
    private final Path checkpoint;
    private final long delayMillis;
    private long memoryBytes;

    /** @param delayMillis an identity is forgotten two of these after it came */
    StateStream(SparkSession spark, String storeClass, Path checkpoint, long delayMillis) {
        this.spark = spark;
        this.storeClass = storeClass;
        this.checkpoint = checkpoint;
        this.delayMillis = delayMillis;
    }

    /** What the state occupied at the end of the last run, as its store says. */
    long memoryBytes() {
        return memoryBytes;
    }

    /**
     * Goes on for some batches.
     *
     * @return what each took; the first includes the start of the query and the loading of its state
     */
    List<Cost> run(int rows, int batches) {
        spark.conf().set(ConditionalCheckpointFiles.SETTING, ConditionalCheckpointFiles.class.getName());
        spark.conf().set(StateStoreClass.SETTING, storeClass);
        List<Cost> costs = new ArrayList<>();
        CountDownLatch enough = new CountDownLatch(batches);
        Stopwatch stopwatch = new Stopwatch();
        VoidFunction2<Dataset<Row>, Long> sink = (passed, batch) -> {
            requireDeduplicated(passed);
            costs.add(stopwatch.lap());
            enough.countDown();
        };
        try {
            StreamingQuery query = deduplicated(rows)
                    .writeStream()
                    .foreachBatch(sink)
                    .option("checkpointLocation", checkpoint.toString())
                    .start();
            boolean isOver = false;
            while (enough.getCount() > 0 && !isOver) {
                isOver = query.awaitTermination(100);
            }
            memoryBytes = query.lastProgress() == null
                    ? memoryBytes
                    : query.lastProgress().stateOperators()[0].memoryUsedBytes();
            query.stop();
        } catch (StreamingQueryException | TimeoutException e) {
            throw new IllegalStateException("The stream of the benchmark failed", e);
        }
        return costs.subList(0, batches);
    }

    private Dataset<Row> deduplicated(int rows) {
        Column number = col("value");
        Column isRepeated = pmod(number, lit(REPEATED_ONE_IN)).equalTo(REPEATED_ONE_IN - 1);
        Column first = when(isRepeated, number.minus(REPEATED_AFTER + 1)).otherwise(number);
        return spark.readStream()
                .format("rate-micro-batch")
                .option("rowsPerBatch", rows)
                // What is not later than the watermark, which begins at zero, would be dropped.
                .option("startTimestamp", 1_000)
                .option("advanceMillisPerBatch", 1_000)
                .option("numPartitions", 2)
                .load()
                .withColumn("identity", concat(lit("event "), md5(first.cast("string"))))
                .withWatermark("timestamp", delayMillis + " milliseconds")
                .dropDuplicatesWithinWatermark(new String[] {"identity"});
    }

    /** Figures of work that was done wrongly are worth nothing. */
    private static void requireDeduplicated(Dataset<Row> passed) {
        Row found = passed.agg(count(lit(1)), min("value"), max("value")).first();
        long from = found.getLong(1);
        long rows = found.getLong(2) + 2 - from;
        long expected = rows / REPEATED_ONE_IN * (REPEATED_ONE_IN - 1);
        if (from > 0 && found.getLong(0) != expected) {
            throw new IllegalStateException(
                    "Of " + rows + " rows " + found.getLong(0) + " passed, and " + expected + " were new");
        }
    }
}
