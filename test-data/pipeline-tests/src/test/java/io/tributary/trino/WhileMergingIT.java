package io.tributary.trino;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.PipelineConfig;
import io.tributary.lab.trino.Questions;
import io.tributary.lab.trino.Stage;
import io.tributary.model.Pipeline;
import io.tributary.model.Pipeline.Sent;
import io.tributary.runtime.LocalRuntime;
import io.tributary.schema.Lake;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Queries without a pause while batches arrive, merges run, and tables are compacted: no answer is torn. */
@UsesTrino
class WhileMergingIT {

    private static final int ANSWERS = 300;
    private static final int MERGES = 10;
    private static final int READERS = 2;
    private static final int ON_TIME = 5;
    private static final Instant BEGIN = Instant.parse("2026-03-01T22:30:00Z");
    private static final Duration BETWEEN_BATCHES = Duration.ofMinutes(10);

    /** So many batches later the stream knows an event no more, and only the merge recognises the repeat. */
    private static final int FORGOTTEN_AFTER = 8;

    private static final PipelineConfig CONFIG = PipelineConfig.parse("""
            dedup: {state_partitions: 1}
            merge: {compact_after_files: 4}
            tables: {database: hammered}
            catalog: {type: glue}
            columns: [{name: batch, type: long, from: /batch}]
            """, "test");

    /** A batch's events carry its number: those on time in an answer are the batches up to one, and so are the late. */
    private static final String VIEW = """
            SELECT count(*), count(DISTINCT event_id),
                count_if(on_time), coalesce(max(batch) FILTER (WHERE on_time), 0),
                count_if(NOT on_time), coalesce(max(batch) FILTER (WHERE NOT on_time), 0)
            FROM events""";

    /** A merge commits its rows and its merge watermark together, and every batch has rows. */
    private static final String MERGED_TWICE = """
            SELECT
                (SELECT count(*) FROM events_merged WHERE event_date IS NOT NULL),
                (SELECT count(event_id) FROM events_merged),
                (SELECT max(arrived_at) FROM events_merged WHERE event_date IS NOT NULL),
                (SELECT max(arrived_at) FROM events_merged WHERE event_date IS NULL)""";

    private final AtomicInteger arriving = new AtomicInteger();
    private final AtomicInteger arrived = new AtomicInteger();
    private final AtomicInteger merging = new AtomicInteger();
    private final AtomicInteger merged = new AtomicInteger();
    private final AtomicInteger merges = new AtomicInteger();
    private final AtomicInteger answers = new AtomicInteger();

    @Test
    void noAnswerIsTorn(Stage stage) throws Exception {
        Lake lake = Lake.of(Optional.of(stage.lake("hammered")), CONFIG);
        ExecutorService threads = Executors.newFixedThreadPool(READERS);
        try (LocalRuntime runtime = stage.spark();
                Pipeline pipeline =
                        new Pipeline(runtime, CONFIG, lake, stage.folder("hammered"), List.of("fra", "nyc"), BEGIN)) {
            arrive(pipeline);
            mergeAll(pipeline);
            List<Future<Integer>> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                readers.add(threads.submit(reader(stage, lake)));
            }
            while (!isEnough() && readers.stream().noneMatch(Future::isDone)) {
                arrive(pipeline);
                if (arrived.get() % 2 == 0) {
                    mergeAll(pipeline);
                }
            }
            int moments = 0;
            for (Future<Integer> reader : readers) {
                moments = Math.max(moments, reader.get());
            }
            assertThat(answers.get()).isGreaterThanOrEqualTo(ANSWERS);
            assertThat(moments).as("different states that one reader saw").isGreaterThanOrEqualTo(MERGES);
        } finally {
            threads.shutdownNow();
        }
    }

    private void arrive(Pipeline pipeline) throws Exception {
        int batch = arriving.incrementAndGet();
        Instant at = BEGIN.plus(BETWEEN_BATCHES.multipliedBy(batch));
        List<Sent> records = new ArrayList<>();
        for (int i = 0; i < ON_TIME; i++) {
            records.add(event("b" + batch + "-" + i, at, batch));
        }
        records.add(late(batch));
        if (batch > FORGOTTEN_AFTER) {
            records.add(late(batch - FORGOTTEN_AFTER));
        }
        pipeline.arrive(records, at);
        arrived.set(batch);
    }

    private boolean isEnough() {
        return answers.get() >= ANSWERS && merges.get() >= MERGES;
    }

    private void mergeAll(Pipeline pipeline) {
        merging.set(arrived.get());
        pipeline.merge();
        merged.set(arrived.get());
        merges.incrementAndGet();
    }

    private static Sent late(int batch) {
        return event(
                "late-" + batch, BEGIN.plus(BETWEEN_BATCHES.multipliedBy(batch)).minus(Duration.ofDays(2)), batch);
    }

    private static Sent event(String id, Instant happened, int batch) {
        return new Sent(
                "fra", "{\"event_id\":\"" + id + "\",\"event_time\":\"" + happened + "\",\"batch\":" + batch + "}");
    }

    private Callable<Integer> reader(Stage stage, Lake lake) {
        return () -> {
            try (Questions trino = stage.ask(lake)) {
                long onTimeBefore = 0;
                long lateBefore = 0;
                int moments = 0;
                while (!isEnough()) {
                    int leastOnTime = arrived.get();
                    int leastLate = merged.get();
                    List<Object> answer = trino.rows(VIEW).get(0);
                    answers.incrementAndGet();
                    long onTime = (Long) answer.get(3);
                    long late = (Long) answer.get(5);
                    assertThat(answer.get(0)).as("each event once").isEqualTo(answer.get(1));
                    assertThat(answer.get(2))
                            .as("all on time up to batch %d", onTime)
                            .isEqualTo(ON_TIME * onTime);
                    assertThat(answer.get(4))
                            .as("all late up to batch %d", late)
                            .isEqualTo(late);
                    assertThat(onTime).isBetween((long) leastOnTime, (long) arriving.get());
                    assertThat(late).isBetween((long) leastLate, (long) merging.get());
                    assertThat(onTime).as("what was shown stays").isGreaterThanOrEqualTo(onTimeBefore);
                    assertThat(late).as("what was shown stays").isGreaterThanOrEqualTo(lateBefore);
                    moments += onTime > onTimeBefore ? 1 : 0;
                    onTimeBefore = onTime;
                    lateBefore = late;
                    List<Object> twice = trino.rows(MERGED_TWICE).get(0);
                    answers.incrementAndGet();
                    assertThat(twice.get(0)).as("one version in one query").isEqualTo(twice.get(1));
                    assertThat(twice.get(2))
                            .as("rows and merge watermark of one version")
                            .isEqualTo(twice.get(3));
                }
                return moments;
            }
        };
    }
}
