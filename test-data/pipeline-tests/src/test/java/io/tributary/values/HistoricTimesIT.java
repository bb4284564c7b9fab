package io.tributary.values;

import static org.apache.spark.sql.functions.concat_ws;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.audit.AuditTool;
import io.tributary.config.PipelineConfig;
import io.tributary.lake.view.LakeSql;
import io.tributary.model.Pipeline;
import io.tributary.model.Pipeline.Sent;
import io.tributary.runtime.LocalRuntime;
import io.tributary.schema.Lake;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Dates and times of years 1 to 9999 on their whole way: stream, merge, compaction, rollup, view and audit. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HistoricTimesIT {

    private static final PipelineConfig CONFIG = PipelineConfig.parse("""
            columns:
              - {name: seen, type: timestamp, from: /seen}
              - {name: born, type: date, from: /born}
            event_time: {max_age: 365000d, max_ahead: 0s}
            dedup: {window: 1h, clock_skew: 0s, state_partitions: 1}
            merge: {compact_after_files: 2}
            rollups:
              - name: by_birth
                bucket: 1d
                group_by: [born]
                measures:
                  - {name: events, type: count}
                  - {name: earliest, type: min, column: event_time}
                  - {name: seen_first, type: min, column: seen}
                  - {name: seen_last, type: max, column: seen}
            """, "test");
    private static final Instant NOW = Instant.parse("2026-03-01T22:50:00Z");
    private static final List<String> EVENT_TIMES = List.of(
            "1138-10-11 00:00:00",
            "1582-10-04 23:59:59.999",
            "1582-10-10 00:00:00",
            "1582-10-14 23:59:59.999",
            "1582-10-15 00:00:00",
            "1899-12-31 23:59:59.999",
            "2026-03-01 12:00:00");
    private static final List<String> TYPED_TIMES = List.of(
            "0001-01-01 00:00:00",
            "1582-10-04 23:59:59.999",
            "1582-10-10 00:00:00",
            "1582-10-15 00:00:00",
            "1753-01-01 00:00:00",
            "1899-12-31 23:59:59.999",
            "9999-12-31 23:59:59.999");

    private LocalRuntime runtime;
    private Lake lake;
    private LakeSql sql;

    /** Each event comes three times, in batches and merges of their own, and what is small is compacted. */
    @BeforeAll
    void runThePipeline(@TempDir Path dir) throws Exception {
        runtime = LocalRuntime.open("historic-times-it", 1);
        lake = Lake.of(Optional.of(dir.resolve("lake").toString()), CONFIG);
        Instant now = NOW;
        try (Pipeline pipeline = new Pipeline(runtime, CONFIG, lake, dir, List.of("fra"), now)) {
            for (int copy = 0; copy < 3; copy++) {
                now = now.plus(Duration.ofHours(3));
                pipeline.arrive(records(copy), now);
                pipeline.merge();
            }
        }
        runtime.close();
        openForQueries();
    }

    private void openForQueries() {
        runtime = LocalRuntime.open("historic-times-it", 1);
        sql = new LakeSql(runtime.spark(), lake);
        sql.addRollups(CONFIG.rollups());
    }

    private static List<Sent> records(int copy) {
        List<Sent> records = new ArrayList<>();
        for (int i = 0; i < EVENT_TIMES.size(); i++) {
            records.add(new Sent("fra", record("e" + i, EVENT_TIMES.get(i), TYPED_TIMES.get(i))));
            // Something new in each partition and merge, so that there are files to compact.
            records.add(new Sent("fra", record("new" + copy + "-" + i, EVENT_TIMES.get(i), TYPED_TIMES.get(i))));
        }
        return records;
    }

    private static String record(String id, String eventTime, String typed) {
        return "{\"event_id\":\"%s\",\"event_time\":\"%sZ\",\"seen\":\"%sZ\",\"born\":\"%s\"}"
                .formatted(id, eventTime, typed, typed.substring(0, 10));
    }

    @AfterAll
    void stopSpark() {
        runtime.close();
    }

    @Test
    void theViewShowsThemAsTheyWereSentEachEventOnce() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < EVENT_TIMES.size(); i++) {
            String typed = TYPED_TIMES.get(i);
            expected.add(String.join(
                    "|",
                    "e" + i,
                    EVENT_TIMES.get(i),
                    EVENT_TIMES.get(i).substring(0, 10),
                    typed,
                    typed.substring(0, 10)));
        }

        assertThat(lines("SELECT event_id, event_time, event_date, seen, born FROM events WHERE event_id LIKE 'e%'"))
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(lines("SELECT count(*) FROM events")).containsExactly(Integer.toString(4 * EVENT_TIMES.size()));
    }

    @Test
    void everyDateAndTimeFindsItsOwnEvents() {
        for (int i = 0; i < EVENT_TIMES.size(); i++) {
            assertThat(events("event_time = TIMESTAMP '" + EVENT_TIMES.get(i) + " UTC'"))
                    .containsExactly("e" + i);
            assertThat(events("event_date = DATE '" + EVENT_TIMES.get(i).substring(0, 10) + "'"))
                    .containsExactly("e" + i);
            assertThat(events("seen = TIMESTAMP '" + TYPED_TIMES.get(i) + " UTC'"))
                    .containsExactly("e" + i);
            assertThat(events("born = DATE '" + TYPED_TIMES.get(i).substring(0, 10) + "'"))
                    .containsExactly("e" + i);
        }
        assertThat(events("event_time < TIMESTAMP '1900-01-01 00:00:00 UTC'")).hasSize(6);
    }

    @Test
    void filesAreWrittenAnewWithoutAChange() {
        assertThat(runtime.spark()
                        .sql("DESCRIBE HISTORY delta.`" + lake.merged() + "`")
                        .where("operation = 'OPTIMIZE'")
                        .isEmpty())
                .isFalse();
    }

    @Test
    void aRollupHoldsWhatAQueryGives() {
        List<String> rollup =
                lines("SELECT event_date, bucket_start, born, events, earliest, seen_first, seen_last FROM by_birth");

        assertThat(rollup).hasSize(EVENT_TIMES.size());
        assertThat(rollup)
                .containsExactlyInAnyOrderElementsOf(lines(
                        "SELECT event_date, CAST(event_date AS TIMESTAMP) AS midnight, born, count(*), min(event_time),"
                                + " min(seen), max(seen) FROM events GROUP BY 1, 2, 3"));
    }

    /** In a Spark of its own, which it stops. */
    @Test
    void theAuditHoldsDataAndLogAgainstEachOther() {
        runtime.close();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = new AuditTool(new Configuration(), new PrintStream(out, true, StandardCharsets.UTF_8))
                .exitCode("--lake", lake.root(), "--deep");
        openForQueries();

        assertThat(code).as(out.toString(StandardCharsets.UTF_8)).isZero();
    }

    private List<String> events(String condition) {
        return lines("SELECT event_id FROM events WHERE event_id LIKE 'e%' AND " + condition);
    }

    private List<String> lines(String query) {
        Dataset<Row> answer = sql.query(query);
        Column[] texts = Arrays.stream(answer.columns())
                .map(column -> answer.col(column).cast(DataTypes.StringType))
                .toArray(Column[]::new);
        return answer.select(concat_ws("|", texts)).as(Encoders.STRING()).collectAsList();
    }
}
