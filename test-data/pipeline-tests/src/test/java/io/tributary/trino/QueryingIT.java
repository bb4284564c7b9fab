package io.tributary.trino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tributary.config.PipelineConfig;
import io.tributary.lab.trino.Questions;
import io.tributary.lab.trino.Stage;
import io.tributary.model.Pipeline;
import io.tributary.model.Pipeline.Sent;
import io.tributary.runtime.LocalRuntime;
import io.tributary.schema.Lake;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The queries of docs/queries, as they stand there, over a few days of orders. */
@UsesTrino
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueryingIT {

    private static final PipelineConfig CONFIG = PipelineConfig.parse("""
            dedup: {window: 1h, clock_skew: 5m, state_partitions: 1}
            tables: {database: querying}
            catalog: {type: glue}
            """, "test");

    private static final LocalDate FIRST_DAY = LocalDate.parse("2026-03-01");
    private static final LocalDate YESTERDAY = FIRST_DAY.plusDays(1);
    private static final LocalDate TODAY = FIRST_DAY.plusDays(2);

    private static final Instant FIRST = at(FIRST_DAY, "10:00:00");
    private static final Instant MORNING = at(YESTERDAY, "09:00:00");
    private static final Instant NOON = at(YESTERDAY, "12:00:00");
    private static final Instant EVENING = at(YESTERDAY, "20:00:00");
    private static final Instant NIGHT = at(TODAY, "03:00:00");
    private static final Instant NEWEST = at(TODAY, "15:19:00");

    private final Map<String, String> queries = new LinkedHashMap<>();
    private LocalRuntime runtime;
    private Questions trino;

    @BeforeAll
    void makeALake(Stage stage) throws Exception {
        queries.putAll(NamedQueries.read());
        runtime = stage.spark();
        Lake lake = Lake.of(Optional.of(stage.lake("querying")), CONFIG);
        trino = stage.ask(lake);
        try (Pipeline pipeline = new Pipeline(
                runtime, CONFIG, lake, stage.folder("querying"), List.of("fra", "nyc"), FIRST.minusSeconds(9))) {
            Sent first = order("fra", "e1", "o1", "placed", FIRST.minusSeconds(60));
            pipeline.arrive(List.of(first, order("nyc", "e2", "o2", "placed", FIRST.minusSeconds(120))), FIRST);
            pipeline.arrive(
                    List.of(
                            order("fra", "e3", "o1", "paid", MORNING.minusSeconds(60)),
                            order("nyc", "e4", "o3", "placed", MORNING.minusSeconds(30)),
                            order("nyc", "e5", "o2", "paid", FIRST.plus(Duration.ofHours(2)))),
                    MORNING);
            pipeline.merge();
            pipeline.arrive(
                    List.of(new Sent("fra", "oops"), new Sent("nyc", "{\"event_time\":\"" + NOON + "\"}")), NOON);
            pipeline.arrive(List.of(first, order("nyc", "e6", "o4", "placed", EVENING.minusSeconds(10))), EVENING);
            pipeline.merge();
            pipeline.arrive(List.of(order("nyc", "e7", "o3", "shipped", EVENING.plus(Duration.ofHours(2)))), NIGHT);
            pipeline.merge();
            pipeline.arrive(
                    List.of(
                            order("fra", "e8", "o1", "shipped", NEWEST.minusSeconds(5)),
                            order("nyc", "e9", "o4", "cancelled", EVENING.plus(Duration.ofHours(3)))),
                    NEWEST);
        }
    }

    @AfterAll
    void stop() throws Exception {
        if (runtime != null) {
            trino.close();
            runtime.close();
        }
    }

    @Test
    void everyQueryThatAStageInstallsIsCheckedHere() {
        assertThat(queries.keySet())
                .containsExactly(
                        "Duplicates that the merge removed",
                        "Events of each hour",
                        "Freshness of each data center",
                        "How far the merge has come",
                        "Late events that wait for the merge",
                        "Lateness by data center",
                        "Latest state of each order",
                        "Quarantine by reason",
                        "Quarantined records as text",
                        "When a day is complete",
                        "Yesterday as it was known at midnight");
    }

    @Test
    void eachRunsAsItStands() throws Exception {
        for (String query : queries.values()) {
            trino.rows(query);
        }
    }

    @Test
    void latestState() throws Exception {
        // The cancellation of o4 is late and waits for the merge.
        assertThat(answer("Latest state of each order"))
                .containsExactly(
                        List.of("o1", "shipped", NEWEST.minusSeconds(5)),
                        List.of("o2", "paid", FIRST.plus(Duration.ofHours(2))),
                        List.of("o3", "shipped", EVENING.plus(Duration.ofHours(2))),
                        List.of("o4", "placed", EVENING.minusSeconds(10)));
    }

    @Test
    void eventsOfEachHour() throws Exception {
        assertThat(answer("Events of each hour"))
                .containsExactly(
                        List.of(at(YESTERDAY, "19:00:00"), "nyc", 1L),
                        List.of(at(YESTERDAY, "22:00:00"), "nyc", 1L),
                        List.of(at(TODAY, "15:00:00"), "fra", 1L));
    }

    @Test
    void freshness() throws Exception {
        assertThat(answer("Freshness of each data center"))
                .containsExactly(
                        List.of("fra", NEWEST, NEWEST.minusSeconds(5), 60L),
                        List.of("nyc", NEWEST, EVENING.plus(Duration.ofHours(3)), 60L));
    }

    @Test
    void lateness() throws Exception {
        // fra: 5, 60, 60 s and the repeat after a day and a half; nyc: 10, 30, 120 s, and three that came 5 to 21 hours
        // late, of which Trino takes the first for the median.
        assertThat(answer("Lateness by data center"))
                .containsExactly(
                        List.of(
                                "fra",
                                4L,
                                1L,
                                60L,
                                Duration.between(FIRST, EVENING).toSeconds() + 60),
                        List.of(
                                "nyc",
                                6L,
                                3L,
                                Duration.ofHours(5).toSeconds(),
                                Duration.ofHours(21).toSeconds()));
    }

    @Test
    void waitingForTheMerge() throws Exception {
        assertThat(answer("Late events that wait for the merge")).containsExactly(List.of("nyc", 1L, NEWEST));
    }

    @Test
    void quarantineByReason() throws Exception {
        List<List<Object>> rows = answer("Quarantine by reason");

        assertThat(rows)
                .extracting(row -> row.get(0), row -> row.get(1), row -> row.get(2), row -> row.get(4))
                .containsExactly(tuple("fra", "not_json", 1L, NOON), tuple("nyc", "missing_id", 1L, NOON));
        assertThat(rows.get(1).get(3)).isEqualTo("nothing, or null, at /event_id");
    }

    @Test
    void quarantinedAsText() throws Exception {
        List<List<Object>> rows = answer("Quarantined records as text");

        assertThat(rows).hasSize(2);
        assertThat(rows.get(0)).startsWith("fra", "t", 0, 2L).endsWith("oops");
        assertThat(rows.get(1))
                .containsExactly(
                        "nyc", "t", 0, 3L, "nothing, or null, at /event_id", "{\"event_time\":\"" + NOON + "\"}");
    }

    @Test
    void duplicatesRemoved() throws Exception {
        assertThat(answer("Duplicates that the merge removed"))
                .containsExactly(List.of("fra", 3L, 2L, 1L), List.of("nyc", 5L, 5L, 0L));
    }

    @Test
    void yesterdayAtMidnight() throws Exception {
        assertThat(answer("Yesterday as it was known at midnight"))
                .containsExactly(List.of("fra", 1L, 1L), List.of("nyc", 2L, 3L));
    }

    @Test
    void completeDays() throws Exception {
        assertThat(answer("When a day is complete"))
                .containsExactly(
                        List.of(FIRST_DAY, 3L, 1L, MORNING),
                        List.of(YESTERDAY, 4L, 1L, NIGHT),
                        List.of(TODAY, 1L, 0L, NEWEST));
    }

    @Test
    void howFarTheMergeHasCome() throws Exception {
        assertThat(answer("How far the merge has come")).containsExactly(List.of(NIGHT));
    }

    /** The answer a minute after the last batch arrived, which the query takes for now. */
    private List<List<Object>> answer(String name) throws Exception {
        return trino.rows(queries.get(name)
                .replace("current_timestamp", "TIMESTAMP '2026-03-03 15:20:00.000 UTC'")
                .replace("current_date", "DATE '2026-03-03'"));
    }

    private static Sent order(String dataCenter, String id, String order, String status, Instant happened) {
        return new Sent(
                dataCenter,
                "{\"event_id\":\"" + id + "\",\"event_time\":\"" + happened + "\",\"order_id\":\"" + order
                        + "\",\"status\":\"" + status + "\"}");
    }

    private static Instant at(LocalDate date, String time) {
        return Instant.parse(date + "T" + time + "Z");
    }
}
