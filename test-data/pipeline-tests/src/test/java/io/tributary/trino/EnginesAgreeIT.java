package io.tributary.trino;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.PipelineConfig;
import io.tributary.lab.trino.Questions;
import io.tributary.lab.trino.Stage;
import io.tributary.lake.view.LakeSql;
import io.tributary.model.Pipeline;
import io.tributary.model.Pipeline.Sent;
import io.tributary.runtime.LocalRuntime;
import io.tributary.schema.Lake;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Trino, Spark and Delta's kernel, asked for times around every bound that is hostile: each finds the same events. */
@UsesTrino
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EnginesAgreeIT {

    private static final PipelineConfig CONFIG = PipelineConfig.parse("""
            columns:
              - {name: seen, type: timestamp, from: /seen}
              - {name: lines, type: "array<struct<sku:string,price:decimal(10,2),tags:array<string>>>", from: /lines}
              - {name: steps, type: "map<string,timestamp>", from: /steps}
            event_time: {max_age: 365000d}
            dedup: {state_partitions: 1}
            tables: {database: agreed}
            catalog: {type: glue}
            """, "test");
    private static final Instant NOW = Instant.parse("2026-03-02T00:30:00Z");
    private static final DateTimeFormatter LITERAL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS");

    private static final List<String> OPERATORS = List.of("=", "<", ">=");

    /**
     * The kernel reckons a time of a file's statistics in nanoseconds on the way, which overflow before 1677 and after
     * 2262. A condition on the date keeps it from reading those files' statistics.
     */
    private static final LocalDate FIRST_DATE_OF_KERNEL = LocalDate.of(1678, 1, 1);

    /** Trino plans only so many stages for a query. */
    private static final int CONDITIONS_OF_A_QUERY = 8;

    /** Two batches and merges, so that some dates have more than one file. */
    private static final List<List<String>> EVENT_TIMES = List.of(
            List.of(
                    "1138-10-11T12:00:00.123456Z",
                    "1582-10-14T23:59:59.9995Z",
                    "1582-10-15T00:00:00Z",
                    "1899-12-31T23:59:59.999999Z",
                    "1969-12-31T23:59:59.9995Z",
                    "1970-01-01T00:00:00.000001Z",
                    "2026-03-01T23:59:59.9995Z",
                    "2026-03-02T00:00:00.0004Z"),
            List.of(
                    "1582-10-14T23:59:59.9985Z",
                    "1969-12-31T23:59:59.999999999Z",
                    "2026-03-01T23:59:59.999999Z",
                    "2026-03-02T00:00:00.0005Z",
                    "2026-03-02T00:10:00.123999Z"));

    private static final List<String> SEEN = List.of(
            "0001-01-01T00:00:00.0009Z",
            "1582-10-10T00:00:00Z",
            "1969-12-31T23:59:59.9999Z",
            "9999-12-31T23:59:59.999999Z");

    private static final String NESTED =
            "\"lines\":[{\"SKU\":\"a\",\"price\":1.5,\"tags\":[\"x\",null]},{\"price\":null}],"
                    + "\"steps\":{\"paid\":\"2026-03-01T08:00:00Z\",\"sent\":null}";

    private LocalRuntime runtime;
    private Pipeline pipeline;
    private Questions trino;
    private LakeSql spark;
    private KernelTable kernel;
    private final List<Instant> eventTimes = new ArrayList<>();
    private final List<Instant> seen = new ArrayList<>();

    @BeforeAll
    void makeALake(Stage stage) throws Exception {
        runtime = stage.spark();
        Lake lake = Lake.of(Optional.of(stage.lake("agreed")), CONFIG);
        pipeline = new Pipeline(runtime, CONFIG, lake, stage.folder("agreed"), List.of("fra"), NOW);
        for (List<String> times : EVENT_TIMES) {
            arrive(times, NOW.plusSeconds(1 + eventTimes.size()));
            pipeline.merge();
        }
        kernel = new KernelTable(stage.folderOf("agreed").resolve(lake.names().merged()));
        trino = stage.ask(lake);
        spark = new LakeSql(runtime.spark(), lake);
    }

    private void arrive(List<String> times, Instant now) throws Exception {
        List<Sent> records = new ArrayList<>();
        for (String time : times) {
            String typed = SEEN.get(eventTimes.size() % SEEN.size());
            records.add(new Sent(
                    "fra",
                    "{\"event_id\":\"e%d\",\"event_time\":\"%s\",\"seen\":\"%s\",%s}"
                            .formatted(eventTimes.size(), time, typed, NESTED)));
            eventTimes.add(Instant.parse(time).truncatedTo(ChronoUnit.MILLIS));
            seen.add(Instant.parse(typed).truncatedTo(ChronoUnit.MILLIS));
        }
        pipeline.arrive(records, now);
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
    void everyEngineFindsTheSameEventsByTheirTime() throws Exception {
        List<Instant> bounds = new ArrayList<>(eventTimes);
        // Where Trino would show what it rounds up.
        eventTimes.forEach(time -> bounds.add(time.plusMillis(1)));

        holdAgainst("event_time", eventTimes, bounds);
        holdKernelAgainst(
                "event_time", since(FIRST_DATE_OF_KERNEL, eventTimes), bounds, Optional.of(FIRST_DATE_OF_KERNEL));
    }

    @Test
    void everyEngineFindsTheSameTypedTimes() throws Exception {
        holdAgainst("seen", seen, seen);
        holdKernelAgainst("seen", seen, seen, Optional.empty());
    }

    @Test
    void everyEngineReadsNestedColumns() throws Exception {
        long all = eventTimes.size();

        List<List<Object>> byTrino =
                trino.rows("SELECT count(*) AS n, cardinality(lines) AS items, lines[1].sku AS sku,"
                        + " CAST(lines[1].price AS varchar) AS price, lines[1].tags[1] AS tag, lines[2].sku AS none,"
                        + " CAST(steps['paid'] AS varchar) AS paid FROM events GROUP BY 2, 3, 4, 5, 6, 7");
        List<List<Object>> bySpark = Questions.plain(spark.query("SELECT count(*) AS n, size(lines) AS items,"
                        + " lines[0].sku AS sku, CAST(lines[0].price AS string) AS price, lines[0].tags[0] AS tag,"
                        + " lines[1].sku AS none, CAST(steps['paid'] AS string) AS paid FROM events"
                        + " GROUP BY 2, 3, 4, 5, 6, 7")
                .collectAsList());

        assertThat(byTrino).hasSize(1);
        assertThat(byTrino.get(0).stream().map(String::valueOf).toList())
                .containsExactly(String.valueOf(all), "2", "a", "1.50", "x", "null", "2026-03-01 08:00:00.000 UTC");
        assertThat(bySpark).hasSize(1);
        assertThat(bySpark.get(0).stream().map(String::valueOf).toList())
                .containsExactly(String.valueOf(all), "2", "a", "1.50", "x", "null", "2026-03-01 08:00:00");
    }

    @Test
    void theDaysTogetherHoldAllEvents() throws Exception {
        String sql = "SELECT sum(n) FROM ("
                + eventTimes.stream()
                        .map(time -> time.truncatedTo(ChronoUnit.DAYS))
                        .distinct()
                        .map(day -> "SELECT count(*) AS n FROM events WHERE event_time >= " + literal(day)
                                + " AND event_time < "
                                + literal(day.plus(Duration.ofDays(1))) + " AND event_date = DATE '"
                                + LocalDateTime.ofInstant(day, ZoneOffset.UTC).toLocalDate() + "'")
                        .collect(Collectors.joining(" UNION ALL "))
                + ")";

        assertThat(trino.column(sql)).containsExactly((long) eventTimes.size());
        assertThat(Questions.plain(spark.query(sql).collectAsList()))
                .containsExactly(List.of((long) eventTimes.size()));
    }

    private void holdAgainst(String column, List<Instant> values, List<Instant> bounds) throws Exception {
        Map<String, Long> expected = expected(column, values, bounds);
        Map<String, Long> byTrino = new TreeMap<>();
        Map<String, Long> bySpark = new TreeMap<>();
        List<String> all = List.copyOf(expected.keySet());
        for (int i = 0; i < all.size(); i += CONDITIONS_OF_A_QUERY) {
            List<String> conditions = all.subList(i, Math.min(all.size(), i + CONDITIONS_OF_A_QUERY));
            String sql = union(conditions);
            byTrino.putAll(counts(conditions, trino.rows(sql)));
            bySpark.putAll(counts(conditions, Questions.plain(spark.query(sql).collectAsList())));
        }

        assertThat(byTrino).isEqualTo(expected);
        assertThat(bySpark).isEqualTo(expected);
    }

    private void holdKernelAgainst(
            String column, List<Instant> values, List<Instant> bounds, Optional<LocalDate> firstDate) throws Exception {
        Map<String, Long> byKernel = new TreeMap<>();
        for (Instant bound : bounds) {
            for (String operator : OPERATORS) {
                byKernel.put(condition(column, operator, bound), kernel.count(column, operator, bound, firstDate));
            }
        }

        assertThat(byKernel).isEqualTo(expected(column, values, bounds));
    }

    private static Map<String, Long> expected(String column, List<Instant> values, List<Instant> bounds) {
        Map<String, Long> expected = new TreeMap<>();
        for (Instant bound : bounds) {
            for (String operator : OPERATORS) {
                long count = values.stream()
                        .filter(value -> meets(value, operator, bound))
                        .count();
                expected.put(condition(column, operator, bound), count);
            }
        }
        return expected;
    }

    private static String condition(String column, String operator, Instant bound) {
        return column + " " + operator + " " + literal(bound);
    }

    private static List<Instant> since(LocalDate date, List<Instant> times) {
        Instant start = date.atStartOfDay(ZoneOffset.UTC).toInstant();
        return times.stream().filter(time -> !time.isBefore(start)).toList();
    }

    /** One row a condition: the index of the condition, and how many events meet it. */
    private static String union(List<String> conditions) {
        return IntStream.range(0, conditions.size())
                .mapToObj(i -> "SELECT " + i + ", count(event_id) FROM events WHERE " + conditions.get(i))
                .collect(Collectors.joining(" UNION ALL "));
    }

    private static boolean meets(Instant value, String operator, Instant bound) {
        int order = value.compareTo(bound);
        return switch (operator) {
            case "=" -> order == 0;
            case "<" -> order < 0;
            default -> order >= 0;
        };
    }

    private static Map<String, Long> counts(List<String> conditions, List<List<Object>> rows) {
        return rows.stream()
                .collect(Collectors.toMap(
                        row -> conditions.get(((Number) row.get(0)).intValue()),
                        row -> (Long) row.get(1),
                        Long::sum,
                        TreeMap::new));
    }

    private static String literal(Instant time) {
        return "TIMESTAMP '" + LITERAL.format(LocalDateTime.ofInstant(time, ZoneOffset.UTC)) + " UTC'";
    }
}
