package io.tributary.operations.status.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.columns.Columns;
import io.tributary.lake.view.LakeSql;
import io.tributary.schema.Lake;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * How long rows of the last hour took from their event until they arrived: the rows up to some limits, above the one before.
 *
 * @param words the limit as people write it
 * @param onTime rows that were on time
 * @param late rows that were late
 */
record Lateness(String words, long onTime, long late) {

    private static final Duration HOUR = Duration.ofHours(1);

    private record Limit(String words, Duration upTo) {}

    private static final List<Limit> LIMITS = List.of(
            new Limit("10 s", Duration.ofSeconds(10)),
            new Limit("1 min", Duration.ofMinutes(1)),
            new Limit("10 min", Duration.ofMinutes(10)),
            new Limit("1 h", Duration.ofHours(1)),
            new Limit("6 h", Duration.ofHours(6)),
            new Limit("1 d", Duration.ofDays(1)),
            new Limit("7 d", Duration.ofDays(7)));

    /** Above all limits. */
    private static final String MORE = "more";

    ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("label", words)
                .put("on_time", onTime)
                .put("late", late);
    }

    static Lateness fromJson(JsonNode json) {
        return new Lateness(
                json.required("label").asText(),
                json.required("on_time").asLong(),
                json.required("late").asLong());
    }

    /** Counts by Spark SQL over the partitions of staging that may hold rows of the last hour. */
    static List<Lateness> of(LakeSql sql, Lake lake, Instant now) {
        long[] onTime = new long[LIMITS.size() + 1];
        long[] late = new long[LIMITS.size() + 1];
        Instant from = now.minus(HOUR);
        String took = "CAST(" + Columns.ARRIVED_AT + " AS DOUBLE) - CAST(" + Columns.EVENT_TIME + " AS DOUBLE)";
        StringBuilder bucket = new StringBuilder("CASE");
        for (int i = 0; i < LIMITS.size(); i++) {
            bucket.append(" WHEN " + took + " <= ")
                    .append(LIMITS.get(i).upTo().toSeconds())
                    .append(" THEN ")
                    .append(i);
        }
        bucket.append(" ELSE ").append(LIMITS.size()).append(" END");
        for (Row row : sql.query("SELECT " + bucket + ", " + Columns.ON_TIME + ", count(*) FROM "
                        + lake.names().staging() + " WHERE (" + partition(from) + " OR " + partition(now) + ") AND "
                        + Columns.ARRIVED_AT + " >= timestamp'" + from + "'"
                        + " GROUP BY 1, 2")
                .collectAsList()) {
            (row.getBoolean(1) ? onTime : late)[row.getInt(0)] += row.getLong(2);
        }
        List<Lateness> all = new ArrayList<>();
        for (int i = 0; i <= LIMITS.size(); i++) {
            all.add(new Lateness(i < LIMITS.size() ? LIMITS.get(i).words() : MORE, onTime[i], late[i]));
        }
        return all;
    }

    /** Of the last hour's rows all lie in the partition in which it begins or the one in which it ends. */
    private static String partition(Instant time) {
        OffsetDateTime utc = time.atOffset(ZoneOffset.UTC);
        return "(" + Columns.ARRIVAL_DATE + " = date'" + utc.toLocalDate() + "' AND " + Columns.ARRIVAL_HOUR + " = "
                + utc.getHour() + ")";
    }
}
