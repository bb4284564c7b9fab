package io.tributary.ingest.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.aws.s3.ConditionalCheckpointFiles;
import io.tributary.config.DedupStateStore;
import io.tributary.runtime.LocalRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.streaming.StateOperatorProgress;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Spark's own operator over this state store and over RocksDB. It is a unit test, although it starts Spark, so that it runs
 * on both lines of Spark, whose operators differ.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeduplicateOperatorTest {

    private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

    private LocalRuntime runtime;

    @TempDir
    private Path dir;

    private Path input;
    private final List<Long> passed = new ArrayList<>();
    private int files;
    private boolean fails;

    @BeforeAll
    void startSpark() {
        runtime = LocalRuntime.open("deduplicate-operator-test", 2);
        runtime.spark().conf().set(ConditionalCheckpointFiles.SETTING, ConditionalCheckpointFiles.class.getName());
    }

    @AfterAll
    void stopSpark() {
        runtime.close();
    }

    @BeforeEach
    void beginAStream() throws IOException {
        input = Files.createDirectories(dir.resolve("input-" + files));
        passed.clear();
        fails = false;
    }

    @Test
    void theSameRowsPassAndTheSameExpireAsWithRocksDb() throws Exception {
        List<String> ours = story(DedupStateStore.FINGERPRINTS);
        beginAStream();
        List<String> rocks = story(DedupStateStore.ROCKSDB);

        assertThat(ours)
                .isEqualTo(rocks)
                .anyMatch(batch -> batch.endsWith("removed 160"))
                .anyMatch(batch -> batch.startsWith("0 to 99"));
    }

    /** What passes and what is removed in each batch; twenty seconds after it came, an identity is forgotten. */
    private List<String> story(DedupStateStore store) throws Exception {
        List<String> told = new ArrayList<>();
        StreamingQuery query = start(store);
        told.add(batch(query, 0, 0, 100));
        told.add(batch(query, 5, 50, 150));
        query.stop();
        query = start(store);
        told.add(batch(query, 6, 0, 160));
        told.add(batch(query, 40, 0, 10));
        told.add(batch(query, 41, 200, 201));
        told.add(batch(query, 42, 0, 100));
        query.stop();
        return told;
    }

    @Test
    void aBatchThatFailedAfterItsStateWasWrittenIsRepeated() throws Exception {
        StreamingQuery query = start(DedupStateStore.FINGERPRINTS);
        batch(query, 0, 0, 10);
        query.stop();
        fails = true;
        StreamingQuery failing = start(DedupStateStore.FINGERPRINTS);
        assertThatThrownBy(() -> batch(failing, 1, 5, 20)).isInstanceOf(StreamingQueryException.class);
        assertThat(changelogs()).contains("2.changelog");
        fails = false;
        passed.clear();

        StreamingQuery again = start(DedupStateStore.FINGERPRINTS);
        again.processAllAvailable();
        assertThat(passed)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(10, 20).boxed().toList());
        assertThat(batch(again, 2, 0, 21)).startsWith("20 to 20");
        again.stop();
    }

    @Test
    void anotherOperatorFailsWithWords() throws Exception {
        runtime.spark().conf().set(StateStoreClass.SETTING, StateStoreClass.of(DedupStateStore.FINGERPRINTS));
        append(0, 0, 1);
        StreamingQuery query = rows().groupBy("id")
                .count()
                .writeStream()
                .outputMode("update")
                .foreachBatch((VoidFunction2<Dataset<Row>, Long>) (rows, batch) -> rows.collectAsList())
                .option("checkpointLocation", dir.resolve("counts").toString())
                .start();

        assertThatThrownBy(query::processAllAvailable).hasMessageContaining("needs dedup.state_store: rocksdb");
    }

    /** Which ids of one more file pass, and how many identities are forgotten. */
    private String batch(StreamingQuery query, int second, long from, long until) throws IOException {
        passed.clear();
        append(second, from, until);
        query.processAllAvailable();
        StateOperatorProgress state = query.lastProgress().stateOperators()[0];
        long smallest = passed.stream().mapToLong(Long::longValue).min().orElse(-1);
        long largest = passed.stream().mapToLong(Long::longValue).max().orElse(-1);
        return smallest + " to " + largest + ", " + passed.size() + " passed, removed " + state.numRowsRemoved();
    }

    private StreamingQuery start(DedupStateStore store) throws TimeoutException {
        runtime.spark().conf().set(StateStoreClass.SETTING, StateStoreClass.of(store));
        VoidFunction2<Dataset<Row>, Long> sink = (rows, batch) -> {
            passed.addAll(rows.select("id").as(Encoders.LONG()).collectAsList());
            if (fails) {
                throw new IOException("the lake is away");
            }
        };
        return rows().withWatermark("at", "10 seconds")
                .withColumn("identity", functions.concat(functions.lit("event "), functions.col("id")))
                .dropDuplicatesWithinWatermark(new String[] {"identity"})
                .writeStream()
                .foreachBatch(sink)
                .option("checkpointLocation", checkpoint().toString())
                .start();
    }

    private Dataset<Row> rows() {
        return runtime.spark().readStream().schema("id BIGINT, at TIMESTAMP").json(input.toString());
    }

    private void append(int second, long from, long until) throws IOException {
        String lines = LongStream.range(from, until)
                .mapToObj(id -> "{\"id\": " + id + ", \"at\": \"" + BEGINNING.plusSeconds(second) + "\"}\n")
                .collect(Collectors.joining());
        Path hidden = Files.writeString(input.resolve("." + files), lines);
        Files.move(hidden, input.resolve(files++ + ".json"));
    }

    private Path checkpoint() {
        return input.resolveSibling(input.getFileName() + "-checkpoint");
    }

    private List<String> changelogs() throws IOException {
        try (var found = Files.walk(checkpoint().resolve("state"))) {
            return found.map(path -> path.getFileName().toString())
                    .filter(name -> name.matches("\\d+\\.changelog"))
                    .toList();
        }
    }
}
