package io.tributary.values;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.PipelineConfig;
import io.tributary.lake.view.LakeSql;
import io.tributary.model.Pipeline;
import io.tributary.model.Pipeline.Sent;
import io.tributary.runtime.LocalRuntime;
import io.tributary.schema.Lake;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Values at the edges of what JSON, Spark, Parquet and Delta hold, through stream, merge and view beside plain ones. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileValuesIT {

    private static final int COLUMNS = 1_000;
    private static final PipelineConfig CONFIG = PipelineConfig.parse(
            """
            columns:
              - {name: note, type: string, from: /note}
              - {name: whole, type: "decimal(38,0)", from: /whole}
              - {name: fraction, type: "decimal(38,38)", from: /fraction}
            %sdedup: {window: 1h, clock_skew: 0s, state_partitions: 1}
            event_time: {max_ahead: 0s}
            """.formatted(IntStream.range(0, COLUMNS)
                    .mapToObj(i -> "  - {name: c" + i + ", type: int, from: /c/" + i + "}\n")
                    .collect(Collectors.joining())),
            "test");
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    /** Statistics hold the first 32 characters of a text, so the last of these lie where they are cut. */
    private static final List<String> IDS = List.of(
            "plain",
            "nul\u0000in the middle",
            "\u0000",
            "x".repeat(31) + "\ud83d\ude00 and more",
            "x".repeat(32) + "\ud83d\ude00",
            "\udbff\udfff".repeat(40),
            "\uffff".repeat(40),
            "quotes \" ' ` \\ and \n lines \r\t",
            "e\u0301 \u202e \ufeff",
            "long " + "i".repeat(100_000));

    private LocalRuntime runtime;
    private Lake lake;
    private LakeSql sql;
    private Pipeline pipeline;

    /** On time and late, so that both go their own way to the view; the late ones twice. */
    @BeforeAll
    void runThePipeline(@TempDir Path dir) throws Exception {
        runtime = LocalRuntime.open("hostile-values-it", 1);
        lake = Lake.of(Optional.of(dir.resolve("lake").toString()), CONFIG);
        pipeline = new Pipeline(runtime, CONFIG, lake, dir, List.of("fra"), NOW);
        List<Sent> records = new ArrayList<>();
        for (String id : IDS) {
            records.add(record(id, NOW));
            records.add(record("late " + id, NOW.minus(Duration.ofDays(40))));
        }
        records.add(new Sent(
                "fra",
                "{\"event_id\":\"deep\",\"event_time\":\"" + NOW + "\",\"x\":" + "[".repeat(2_000) + "]".repeat(2_000)
                        + "}"));
        pipeline.arrive(records, NOW.plusSeconds(1));
        pipeline.merge();
        Instant later = NOW.plus(Duration.ofHours(4));
        pipeline.arrive(
                IDS.stream()
                        .map(id -> record("late " + id, NOW.minus(Duration.ofDays(40))))
                        .toList(),
                later);
        pipeline.merge();
        sql = new LakeSql(runtime.spark(), lake);
    }

    private static Sent record(String id, Instant time) {
        String columns =
                IntStream.range(0, COLUMNS).mapToObj(Integer::toString).collect(Collectors.joining(",", "[", "]"));
        return new Sent(
                "fra",
                "{\"event_id\":" + quoted(id) + ",\"event_time\":\"" + time + "\",\"event_type\":" + quoted(id)
                        + ",\"note\":" + quoted("n".repeat(1_000_000) + id) + ",\"whole\":" + "9".repeat(38)
                        + ",\"fraction\":-0." + "9".repeat(38) + ",\"deep\":" + "[".repeat(998) + "]".repeat(998)
                        + ",\"c\":" + columns + "}");
    }

    /** As JSON writes it, with escapes for all that is not plain. */
    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.chars()
                .forEach(unit -> json.append(
                        unit < ' ' || unit > '~' || unit == '"' || unit == '\\'
                                ? String.format("\\u%04x", unit)
                                : String.valueOf((char) unit)));
        return json.append('"').toString();
    }

    @AfterAll
    void stopSpark() throws Exception {
        pipeline.close();
        runtime.close();
    }

    @Test
    void eachEventShowsOnceWithItsValues() {
        List<Row> rows = sql.query("SELECT event_id, event_type, substring(note, 1000001), length(payload), whole,"
                        + " fraction, c0 + c999 FROM events")
                .collectAsList();

        assertThat(rows)
                .extracting(row -> row.getString(0))
                .containsExactlyInAnyOrderElementsOf(IDS.stream()
                        .flatMap(id -> List.of(id, "late " + id).stream())
                        .toList());
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.getString(1)).isEqualTo(row.getString(0));
            assertThat(row.getString(2)).isEqualTo(row.getString(0));
            assertThat(row.getInt(3)).isGreaterThan(1_000_000);
            assertThat(row.getDecimal(4)).isEqualByComparingTo("9".repeat(38));
            assertThat(row.getDecimal(5)).isEqualByComparingTo(new BigDecimal("-0." + "9".repeat(38)));
            assertThat(row.getInt(6)).isEqualTo(999);
        });
    }

    @Test
    void eachIsFoundByItsId() {
        for (String id : IDS.subList(0, IDS.size() - 1)) {
            assertThat(sql.query("SELECT * FROM events")
                            .where(col("event_id").equalTo(id))
                            .count())
                    .as(id)
                    .isEqualTo(1);
        }
    }

    @Test
    void whatIsNestedTooDeeplyIsRefused() {
        assertThat(sql.query("SELECT reason FROM events_quarantine").collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactly("not_json");
    }
}
