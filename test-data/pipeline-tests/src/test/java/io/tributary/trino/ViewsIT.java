package io.tributary.trino;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.DedupScope;
import io.tributary.config.PipelineConfig;
import io.tributary.lab.trino.Questions;
import io.tributary.lab.trino.Stage;
import io.tributary.lake.view.LakeSql;
import io.tributary.model.Pipeline;
import io.tributary.model.Pipeline.Sent;
import io.tributary.runtime.LocalRuntime;
import io.tributary.schema.Lake;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is registered, read by Trino as by Athena: the right answers, and no more read than needed. */
@UsesTrino
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ViewsIT {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant BEGIN = NOON.minusSeconds(60);
    private static final List<String> DATA_CENTERS = List.of("fra", "nyc");
    private static final String CONFIG = """
            dedup: {window: 1h, clock_skew: 5m, scope: %s, state_partitions: 1}
            merge: {compact_after_files: 50}
            tables: {database: %s}
            catalog: {type: glue}
            columns:
            %s
            """;
    private static final String COLUMNS = """
              - {name: amount, type: "decimal(18,4)", from: /amount}
              - {name: n, type: long, from: /n}
              - {name: small, type: int, from: /small}
              - {name: flag, type: boolean, from: /flag}
              - {name: ratio, type: double, from: /ratio}
              - {name: due, type: date, from: /due}
              - {name: seen, type: timestamp, from: /seen}
              - {name: order, type: string, from: /order}
            """;

    private Stage stage;
    private LocalRuntime runtime;

    @BeforeAll
    void open(Stage given) {
        stage = given;
        runtime = stage.spark();
    }

    @AfterAll
    void stopSpark() {
        if (runtime != null) {
            runtime.close();
        }
    }

    @ParameterizedTest
    @EnumSource(DedupScope.class)
    void theViewIsRightInEveryState(DedupScope scope) throws Exception {
        String name = "states_" + scope.name().toLowerCase(Locale.ROOT);
        boolean isGlobal = scope == DedupScope.GLOBAL;
        PipelineConfig config = config(scope, name, "");
        Lake lake = lake(name, config);
        try (Pipeline pipeline = new Pipeline(runtime, config, lake, stage.folder(name), DATA_CENTERS, BEGIN);
                Questions trino = stage.ask(lake)) {
            pipeline.merge();
            assertThat(shown(trino)).as("nothing is there").isEmpty();

            pipeline.arrive(
                    List.of(event("fra", "a", NOON), event("nyc", "a", NOON), event("fra", "old", ago(5))), NOON);
            assertThat(shown(trino))
                    .as("no merge watermark yet")
                    .containsExactlyElementsOf(isGlobal ? List.of("a") : List.of("a", "a"));
            pipeline.merge();
            List<String> merged = isGlobal ? List.of("a", "old") : List.of("a", "a", "old");
            assertThat(shown(trino)).as("all is merged").containsExactlyElementsOf(merged);

            Instant later = NOON.plus(Duration.ofHours(3));
            pipeline.arrive(List.of(event("fra", "b", later), event("nyc", "b", later.minusSeconds(9))), later);
            pipeline.arrive(List.of(event("fra", "a", NOON), event("nyc", "behind", NOON)), later.plusSeconds(60));
            List<String> tail = new ArrayList<>(merged);
            tail.addAll(isGlobal ? List.of("b") : List.of("b", "b"));
            tail.sort(Comparator.naturalOrder());
            assertThat(shown(trino))
                    .as("one data center is far behind: its events wait for the merge, duplicates never show")
                    .containsExactlyElementsOf(tail);
            pipeline.merge();
            tail.add("behind");
            tail.sort(Comparator.naturalOrder());
            assertThat(shown(trino)).as("merged again").containsExactlyElementsOf(tail);
            assertThat(shown(trino)).isEqualTo(shownBySpark(lake));

            runtime.spark().sql("DELETE FROM delta.`" + lake.staging() + "`");
            assertThat(shown(trino)).as("staging is empty").containsExactlyElementsOf(tail);
        }
    }

    @Test
    void everyTableAndViewHasTheRowsThatSparkShows() throws Exception {
        PipelineConfig config = config(DedupScope.GLOBAL, "same_rows", COLUMNS);
        Lake lake = lake("same_rows", config);
        try (Pipeline pipeline = new Pipeline(runtime, config, lake, stage.folder("same_rows"), DATA_CENTERS, BEGIN);
                Questions trino = stage.ask(lake)) {
            pipeline.arrive(
                    List.of(
                            record("fra", "whole", NOON.plusNanos(123_456_000), """
                                    "amount":12.3456,"n":9007199254740993,"small":-7,"flag":true,"ratio":0.1,\
                                    "due":"2026-02-28","seen":"2026-03-01T11:59:59.999Z","order":"ä \\"quoted\\" 🚀\""""),
                            record("nyc", "bare", NOON.minusSeconds(1), "\"n\":null"),
                            record("nyc", "late", ago(4), "\"amount\":-0.0001,\"ratio\":1e300"),
                            new Sent("fra", "not json"),
                            new Sent("fra", "{\"event_time\":\"2026-03-01T12:00:00Z\"}")),
                    NOON);
            pipeline.merge();
            // Past the dedup window and a batch more, so that the stream knows "late" no more.
            Instant later = NOON.plus(Duration.ofHours(2));
            pipeline.arrive(
                    List.of(record("fra", "tail", later.plusSeconds(10), "\"flag\":false,\"due\":\"1969-12-31\"")),
                    later);
            pipeline.arrive(List.of(record("fra", "waits", ago(9), "\"n\":1")), later.plusSeconds(1));
            pipeline.arrive(List.of(record("fra", "late", ago(4), "\"amount\":-0.0001")), later.plusSeconds(2));
            LakeSql spark = new LakeSql(runtime.spark(), lake);
            for (String table :
                    List.of("events", "events_raw", "events_merged", "events_staging", "events_quarantine")) {
                List<List<Object>> expected =
                        Questions.plain(spark.query("SELECT * FROM " + table).collectAsList());
                assertThat(trino.rows("SELECT * FROM " + table))
                        .as(table)
                        .isNotEmpty()
                        .containsExactlyInAnyOrderElementsOf(expected);
            }
            assertThat(trino.rows("SELECT data_center, valid_through, merged_through FROM pipeline_status"))
                    .as("what was merged, since the views are those of the last merge")
                    .containsExactlyInAnyOrder(List.of("fra", NOON, NOON), List.of("nyc", NOON, NOON));
            assertThat(trino.column("SELECT kind FROM pipeline_log WHERE data_center IS NULL"))
                    .contains("merge");
            assertThat(shown(trino)).containsExactly("bare", "late", "tail", "whole");
            assertThat(trino.column("SELECT event_id FROM events_raw"))
                    .containsExactlyInAnyOrder("whole", "bare", "late", "tail", "late", "waits");
            assertThat(trino.rows("SELECT comment FROM information_schema.columns"
                            + " WHERE table_schema = 'same_rows' AND table_name = 'events_merged'"
                            + " AND column_name IN ('amount', 'event_time') ORDER BY 1"))
                    .containsExactly(List.of("Taken from /amount"), List.of("When the event happened"));
        }
    }

    @Test
    void newColumnsAppearWithTheMergeThatBringsThem() throws Exception {
        PipelineConfig before = config(DedupScope.GLOBAL, "wider", "");
        PipelineConfig after = config(DedupScope.GLOBAL, "wider", "  - {name: gained, type: int, from: /gained}\n");
        Lake lake = lake("wider", before);
        try (Questions trino = stage.ask(lake)) {
            try (Pipeline pipeline =
                    new Pipeline(runtime, before, lake, stage.folder("wider-1"), List.of("fra"), BEGIN)) {
                pipeline.arrive(List.of(record("fra", "a", NOON, "\"gained\":1")), NOON);
                pipeline.merge();
            }
            try (Pipeline pipeline =
                    new Pipeline(runtime, after, lake, stage.folder("wider-2"), List.of("nyc"), NOON.plusSeconds(9))) {
                // The tables have the column now, the catalog not yet: the view goes on as it was.
                assertThat(shown(trino)).containsExactly("a");
                pipeline.arrive(List.of(record("nyc", "b", NOON, "\"gained\":2")), NOON.plusSeconds(10));
                assertThat(shown(trino)).containsExactly("a", "b");
                pipeline.merge();
                assertThat(trino.rows("SELECT event_id, gained FROM events ORDER BY 1"))
                        .containsExactly(Arrays.asList("a", null), List.of("b", 2));
            }
        }
    }

    private static PipelineConfig config(DedupScope scope, String database, String columns) {
        return PipelineConfig.parse(
                CONFIG.formatted(scope.name().toLowerCase(Locale.ROOT), database, columns.isEmpty() ? "  []" : columns),
                "test");
    }

    private Lake lake(String name, PipelineConfig config) {
        return Lake.of(Optional.of(stage.lake(name)), config);
    }

    private List<String> shownBySpark(Lake lake) {
        return new LakeSql(runtime.spark(), lake)
                .query("SELECT event_id FROM events ORDER BY 1").collectAsList().stream()
                        .map(row -> row.getString(0))
                        .toList();
    }

    private static List<String> shown(Questions trino) throws SQLException {
        return trino.column("SELECT event_id FROM events ORDER BY 1").stream()
                .map(String.class::cast)
                .toList();
    }

    private static Sent event(String dataCenter, String id, Instant happened) {
        return Sent.event(dataCenter, id, happened);
    }

    private static Sent record(String dataCenter, String id, Instant happened, String more) {
        return new Sent(dataCenter, "{\"event_id\":\"" + id + "\",\"event_time\":\"" + happened + "\"," + more + "}");
    }

    private static Instant ago(int hours) {
        return NOON.minus(Duration.ofHours(hours));
    }
}
