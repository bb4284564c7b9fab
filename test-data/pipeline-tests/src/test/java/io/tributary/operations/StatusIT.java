package io.tributary.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.config.PipelineConfig;
import io.tributary.lake.log.DeltaTables;
import io.tributary.lake.view.LakeSql;
import io.tributary.model.Pipeline;
import io.tributary.model.Pipeline.Sent;
import io.tributary.operations.completeness.Arrivals;
import io.tributary.operations.completeness.Completeness;
import io.tributary.operations.completeness.EventHour;
import io.tributary.operations.status.Objective;
import io.tributary.operations.status.ValidThrough;
import io.tributary.operations.status.page.StatusPage;
import io.tributary.runtime.LocalRuntime;
import io.tributary.schema.Lake;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the operator's commands tell of a lake that the stream and the merge have written is what queries over its tables say. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatusIT {

    private static final PipelineConfig CONFIG = PipelineConfig.parse("dedup: {state_partitions: 1}", "test");
    private static final Instant BEGIN = Instant.parse("2026-03-01T07:00:30Z");
    private static final Duration BETWEEN_BATCHES = Duration.ofSeconds(10);
    private static final int BATCHES = 12;
    private static final int MERGED_BATCHES = 7;
    private static final Instant END = BEGIN.plus(BETWEEN_BATCHES.multipliedBy(BATCHES - 1L));
    private static final Instant NOW = END.plusSeconds(2);

    private LocalRuntime runtime;
    private final OperatorTool tool = new OperatorTool(new Configuration(false), Clock.fixed(NOW, ZoneOffset.UTC));
    private Lake lake;
    private LakeSql sql;

    /** In each batch of fra: 20 events on time, 3 backdated, a repeat, a malformed one. nyc sends in every second. */
    @BeforeAll
    void makeALake(@TempDir Path dir) throws Exception {
        runtime = LocalRuntime.open("status-it", 1);
        lake = new Lake(dir.resolve("lake").toString(), CONFIG.tables());
        Pipeline pipeline =
                new Pipeline(runtime, CONFIG, lake, dir.resolve("work"), List.of("fra", "nyc"), BEGIN.minusSeconds(10));
        for (int batch = 0; batch < BATCHES; batch++) {
            pipeline.arrive(records(batch), BEGIN.plus(BETWEEN_BATCHES.multipliedBy(batch)));
            if (batch == MERGED_BATCHES - 1) {
                pipeline.merge();
            }
        }
        pipeline.close();
        sql = new LakeSql(runtime.spark(), lake);
    }

    private static List<Sent> records(int batch) {
        Instant at = BEGIN.plus(BETWEEN_BATCHES.multipliedBy(batch));
        List<Sent> records = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            records.add(sent("fra", batch + "-" + i, at.minusSeconds(20), Duration.ofMillis(700L * i)));
        }
        for (int i = 0; i < 3; i++) {
            records.add(sent("fra", batch + "-late-" + i, at.minusSeconds(86_400), Duration.ofSeconds(1)));
        }
        records.add(sent("fra", batch + "-0", at.minusSeconds(20), Duration.ZERO));
        records.add(new Sent("fra", "no event"));
        if (batch % 2 == 0) {
            records.add(sent("nyc", "nyc-" + batch, at.minusSeconds(20), Duration.ofSeconds(90)));
        }
        return records;
    }

    private static Sent sent(String dataCenter, String id, Instant happened, Duration age) {
        return new Sent(dataCenter, Sent.event(dataCenter, id, happened).value(), age);
    }

    @AfterAll
    void stopSpark() {
        runtime.close();
    }

    @Test
    void countsAndSharesAreThoseOfTheTables() throws IOException {
        JsonNode status = json("status", "--json");
        Row staged = sql.query("""
                SELECT count(*), count_if(NOT on_time) FROM events_staging WHERE kafka_cluster = 'fra'
                """).head();
        long quarantined =
                sql.query("SELECT count(*) FROM events_quarantine").head().getLong(0);
        JsonNode fra = status.at("/data_centers/fra");
        double read = 25.0 * BATCHES;

        assertThat(staged.getLong(0)).isEqualTo(23L * BATCHES);
        assertThat(fra.get("late_share").asDouble())
                .isEqualTo((double) staged.getLong(1) / staged.getLong(0), within(1e-9));
        assertThat(fra.get("quarantined_share").asDouble()).isEqualTo(quarantined / read, within(1e-9));
        assertThat(fra.get("duplicate_share").asDouble())
                .isEqualTo((read - staged.getLong(0) - quarantined) / read, within(1e-9));
        assertThat(status.get("rows_not_merged").asLong())
                .isEqualTo(sql.query("""
                        SELECT count(*) FROM events_staging
                        WHERE arrived_at > (SELECT max(arrived_at) FROM events_merged WHERE event_date IS NULL)
                        """).head().getLong(0))
                .isPositive();
        assertThat(status.at("/merge/rows").asLong())
                .isEqualTo(sql.query("SELECT count(event_id) FROM events_merged")
                        .head()
                        .getLong(0));
        assertThat(status.get("staging_files").asLong())
                .isEqualTo(DeltaTables.files(runtime.spark(), lake.staging()).count());
        assertThat(fra.get("state").asText()).isEqualTo("OK");
        assertThat(fra.get("lag_records").asLong(-1)).isZero();
        assertThat(fra.get("records_per_second").asDouble()).isEqualTo(2.5, within(0.01));
    }

    @Test
    void freshnessIsThatOfTheRows() throws IOException {
        JsonNode status = json("status", "--json");
        for (String name : List.of("fra", "nyc")) {
            Row exact = sql.query("""
                    SELECT percentile(age, 0.5), percentile(age, 0.99) FROM (
                        SELECT (unix_millis(arrived_at) - unix_millis(kafka_timestamp)) / 1000 AS age FROM (
                            SELECT kafka_cluster, arrived_at, kafka_timestamp FROM events_staging
                            UNION ALL
                            SELECT kafka_cluster, arrived_at, kafka_timestamp FROM events_quarantine)
                        WHERE kafka_cluster = '%s')
                    """.formatted(name)).head();
            JsonNode shown = status.at("/data_centers/" + name);
            assertThat(shown.get("freshness_p50_seconds").asDouble())
                    .as(name)
                    .isEqualTo(exact.getDouble(0), within(0.7));
            assertThat(shown.get("freshness_p99_seconds").asDouble())
                    .as(name)
                    .isEqualTo(exact.getDouble(1), within(0.7));
        }
        // nyc's rows take 90 s, and they are 6 of 294.
        assertThat(status.at("/objective/share_last_hour").asDouble()).isEqualTo(1 - 6 / 294.0, within(0.001));
        assertThat(status.at("/objective/is_met").asBoolean()).isFalse();
    }

    @Test
    void everythingUpToTheLastBatchIsValidAndWhatIsLateUpToTheMerge() throws IOException {
        JsonNode fra = json("status", "--json").at("/data_centers/fra");

        assertThat(Instant.parse(fra.get("valid_through").asText())).isEqualTo(END);
        assertThat(Instant.parse(fra.get("merged_through").asText()))
                .isEqualTo(BEGIN.plus(BETWEEN_BATCHES.multipliedBy(MERGED_BATCHES - 1L)));
        assertThat(run("wait", "--through", END.toString(), "--timeout", "0s")).isZero();
        assertThat(run("wait", "--merged", "--through", END.toString(), "--timeout", "0s"))
                .isEqualTo(3);
    }

    @Test
    void theLogHoldsEveryBatchAndTheMerge() throws IOException {
        JsonNode log = json("log", "--json", "--limit", "0");
        List<String> kinds = new ArrayList<>();
        log.forEach(happening -> kinds.add(happening.get("kind").asText()));

        assertThat(kinds).filteredOn("batch"::equals).hasSize(BATCHES + BATCHES / 2);
        assertThat(kinds).filteredOn("merge"::equals).hasSize(1);
        assertThat(kinds).filteredOn("membership"::equals).hasSize(2);
    }

    @Test
    void aDateIsCountedHourByHour() {
        LocalDate date = LocalDate.parse("2026-03-01");
        ValidThrough merged = new ValidThrough(Optional.of(END), Optional.of(Instant.parse("2026-03-01T08:30:00Z")));
        Completeness answer = Completeness.of(sql, lake, date, Map.of("fra", merged), Instant.MIN);

        assertThat(answer.hours())
                .extracting(EventHour::dataCenter, EventHour::staged, EventHour::merged, EventHour::waiting)
                .containsExactly(tuple("fra", 20L * BATCHES, 20L * MERGED_BATCHES, 100L), tuple("nyc", 6L, 4L, 2L));
        assertThat(answer.hours()).extracting(EventHour::duplicates).containsOnly(OptionalLong.of(0));
        assertThat(answer.quarantined()).containsExactly(Map.entry("fra", (long) BATCHES));
        assertThat(answer.text(Arrivals.read(lake, new Configuration(false), date)))
                .contains("fra          2026-03-01 07:00:00  open", "arrival hour (UTC)")
                .contains("2 hours are open.");
        Completeness before = Completeness.of(sql, lake, date.minusDays(1), Map.of("fra", merged), Instant.MIN);
        assertThat(before.hours()).extracting(EventHour::waitingLate).containsExactly(15L);
        assertThat(Completeness.of(sql, lake, date, Map.of(), END).hours())
                .as("staging may have lost rows of an hour that began before it keeps all")
                .extracting(EventHour::duplicates)
                .containsOnly(OptionalLong.empty());
    }

    @Test
    void thePageTellsTheSameAndCountsTheTables() throws IOException {
        Configuration hadoop = new Configuration(false);
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        StatusPage page = new StatusPage(runtime.spark(), lake, hadoop, clock);
        page.write();
        String html = Files.readString(Path.of(URI.create(lake.statusPage())));
        JsonNode data = new ObjectMapper()
                .readTree(html.split("<script id=\"data\" type=\"application/json\">", 2)[1]
                        .split("</script>", 2)[0]);

        assertThat(html).isEqualTo(page.html(Objective.DEFAULT));
        assertThat(data.get("status")).isEqualTo(json("status", "--json"));
        assertThat(data.get("counted_at").asText()).isEqualTo(NOW.toString());
        Row staged = sql.query("SELECT count_if(on_time), count_if(NOT on_time) FROM events_staging")
                .head();
        assertThat(sum(data.get("lateness"), "on_time")).isEqualTo(staged.getLong(0));
        assertThat(sum(data.get("lateness"), "late")).isEqualTo(staged.getLong(1));
        assertThat(sum(data.get("completeness"), "merged"))
                .isEqualTo(sql.query("SELECT count(event_id) FROM events_merged")
                        .head()
                        .getLong(0));
        assertThat(sum(data.get("flow"), "on_time") + sum(data.get("flow"), "late"))
                .isEqualTo(staged.getLong(0) + staged.getLong(1));
        assertThat(sum(data.get("flow"), "quarantined")).isEqualTo(BATCHES);
        assertThat(data.get("history").findValuesAsText("kind"))
                .containsOnlyOnce("merge")
                .contains("membership");
    }

    private static long sum(JsonNode all, String field) {
        long sum = 0;
        for (JsonNode one : all) {
            sum += one.get(field).asLong();
        }
        return sum;
    }

    private JsonNode json(String... arguments) throws IOException {
        return new ObjectMapper().readTree(output(arguments));
    }

    private String output(String... arguments) {
        run(arguments);
        return tool.answer();
    }

    private int run(String... arguments) {
        return tool.run(List.of("--lake", lake.root()), arguments);
    }
}
