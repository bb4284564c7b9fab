package io.tributary.trino;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What Trino reads when the view is asked with filters: the partitions and files that they leave, and no other. */
@UsesTrino
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PruningIT {

    private static final PipelineConfig CONFIG = PipelineConfig.parse("""
            dedup: {state_partitions: 1}
            merge: {compact_after_files: 1000}
            tables: {database: pruned}
            catalog: {type: glue}
            """, "test");
    private static final Instant DAY = Instant.parse("2026-03-01T00:00:00Z");
    private static final int BATCH = 100;

    private LocalRuntime runtime;
    private Pipeline pipeline;
    private Questions trino;
    private long watermarks;

    /**
     * Three days with a batch each morning and each evening, each merged by itself; then a batch that is not merged, and
     * one of the next hour.
     */
    @BeforeAll
    void makeALake(Stage stage) throws Exception {
        runtime = stage.spark();
        Lake lake = Lake.of(Optional.of(stage.lake("pruned")), CONFIG);
        pipeline = new Pipeline(runtime, CONFIG, lake, stage.folder("pruned"), List.of("fra"), DAY);
        trino = stage.ask(lake);
        for (int day = 0; day < 3; day++) {
            for (int hour : List.of(6, 18)) {
                arrive(DAY.plus(Duration.ofDays(day)).plus(Duration.ofHours(hour)));
                pipeline.merge();
                watermarks++;
            }
        }
        arrive(DAY.plus(Duration.ofHours(2 * 24 + 18)).plusSeconds(600));
        arrive(DAY.plus(Duration.ofHours(2 * 24 + 19)).plusSeconds(600));
    }

    @AfterAll
    void stop() throws Exception {
        if (runtime != null) {
            trino.close();
            pipeline.close();
            runtime.close();
        }
    }

    @Test
    void aDateReadsItsPartitionAlone() throws Exception {
        String sql = "SELECT count(event_id) FROM events WHERE event_date = DATE '2026-03-02'";

        assertThat(constraint(sql, "events_merged", "event_date")).contains("[2026-03-02, 2026-03-02]");
        assertThat(constraint(sql, "events_staging", "event_date")).containsExactly("[2026-03-02, 2026-03-02]");
        Questions.Answer answer = trino.answer(sql);
        assertThat(answer.rows()).containsExactly(List.of(2L * BATCH));
        assertThat(answer.stats().getProcessedRows()).isEqualTo(2 * BATCH + watermarks);
    }

    @Test
    void aTimeSkipsFilesWithinItsDateAndAllOtherDates() throws Exception {
        String sql = "SELECT count(event_id) FROM events"
                + " WHERE event_time BETWEEN TIMESTAMP '2026-03-02 12:00:00 UTC' AND TIMESTAMP '2026-03-03 00:00:00 UTC'";

        assertThat(constraint(sql, "events_merged", "event_time")).isNotEmpty();
        assertThat(constraint(sql, "events_staging", "event_time")).isNotEmpty();
        Questions.Answer answer = trino.answer(sql);
        assertThat(answer.rows()).containsExactly(List.of((long) BATCH));
        assertThat(answer.stats().getProcessedRows()).isEqualTo(BATCH + watermarks);
    }

    @Test
    void aCastTimeSkipsNothing() throws Exception {
        Questions.Answer answer =
                trino.answer("SELECT count(event_id) FROM events WHERE CAST(event_time AS varchar) LIKE '2026-03-02%'");

        assertThat(answer.rows()).containsExactly(List.of(2L * BATCH));
        assertThat(answer.stats().getProcessedRows()).isGreaterThanOrEqualTo(6L * BATCH);
    }

    @Test
    void theTailReadsOnlyThePartitionsFromTheBoundOn() throws Exception {
        String sql = "SELECT count(event_id) FROM events WHERE event_date IS NOT NULL";

        // The bound of the last merge: the evening of the third day.
        assertThat(constraint(sql, "events_staging", "arrival_date")).containsExactly("[2026-03-03, …]");
        assertThat(constraint(sql, "events_staging", "arrived_at")).hasSize(1);
        Questions.Answer answer = trino.answer(sql);
        assertThat(answer.rows()).containsExactly(List.of(8L * BATCH));
        // The batch of the bound itself is skipped by its arrived_at, all before by their partitions.
        // The merge watermark itself, handed from the scan that found it to the one that needs it, may count as a row.
        assertThat(answer.stats().getProcessedRows()).isBetween(8L * BATCH + watermarks, 8L * BATCH + watermarks + 1);
    }

    @Test
    void theRawViewIsPrunedByArrival() throws Exception {
        Questions.Answer answer = trino.answer(
                "SELECT count(event_id) FROM events_raw WHERE arrival_date = DATE '2026-03-01' AND arrival_hour = 6");

        assertThat(answer.rows()).containsExactly(List.of((long) BATCH));
        assertThat(answer.stats().getProcessedRows()).isEqualTo(BATCH);
    }

    private void arrive(Instant at) throws Exception {
        List<Sent> events = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            events.add(Sent.event("fra", at + "-" + i, at.minusMillis(i)));
        }
        pipeline.arrive(events, at);
    }

    /** The ranges that a column is held to, in each scan of a table that has any. */
    private List<String> constraint(String sql, String table, String column) throws Exception {
        List<String> constraints = new ArrayList<>();
        for (JsonNode scan : trino.scans(sql)) {
            if (scan.at("/table/schemaTable/table").asText().equals(table)) {
                for (JsonNode constraint : scan.at("/constraint/columnConstraints")) {
                    if (constraint.path("columnName").asText().equals(column)) {
                        constraints.add(StreamSupport.stream(
                                        constraint.at("/domain/ranges").spliterator(), false)
                                .map(PruningIT::range)
                                .collect(Collectors.joining(" ")));
                    }
                }
            }
        }
        return constraints;
    }

    private static String range(JsonNode range) {
        return "[" + range.at("/low/value").asText("…") + ", "
                + range.at("/high/value").asText("…") + "]";
    }
}
