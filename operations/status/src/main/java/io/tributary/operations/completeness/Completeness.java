package io.tributary.operations.completeness;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.columns.Columns;
import io.tributary.lake.view.LakeSql;
import io.tributary.operations.status.ValidThrough;
import io.tributary.operations.text.TextTable;
import io.tributary.operations.text.Words;
import io.tributary.schema.Lake;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/**
 * What the lake holds of one event date.
 *
 * @param hours of the data centers that delivered events of the date, by data center and hour
 * @param quarantined rejected records that arrived on the date, by data center; they have no event time
 */
public record Completeness(LocalDate date, List<EventHour> hours, SortedMap<String, Long> quarantined) {

    private static final ValidThrough UNKNOWN = new ValidThrough(Optional.empty(), Optional.empty());

    /**
     * Counts by Spark SQL over the tables.
     *
     * @param validThrough by data center
     * @param allStagedSince staging still keeps all rows that arrived since then
     */
    public static Completeness of(
            LakeSql sql, Lake lake, LocalDate date, Map<String, ValidThrough> validThrough, Instant allStagedSince) {
        SortedMap<String, Long> quarantined = new TreeMap<>();
        sql.query("SELECT " + Columns.KAFKA_CLUSTER + ", count(*) FROM "
                        + lake.names().quarantine() + " WHERE " + Columns.ARRIVAL_DATE + " = date'" + date
                        + "' GROUP BY 1")
                .collectAsList()
                .forEach(row -> quarantined.put(row.getString(0), row.getLong(1)));
        return new Completeness(date, hours(sql, lake, date, date, validThrough, allStagedSince), quarantined);
    }

    /**
     * The hours of the data centers that delivered events of some dates: in the merged table the partitions of the dates are
     * counted, in staging the files whose event times may lie on them.
     *
     * @param last inclusive
     * @param validThrough by data center
     * @param allStagedSince staging still keeps all rows that arrived since then
     */
    public static List<EventHour> hours(
            LakeSql sql,
            Lake lake,
            LocalDate first,
            LocalDate last,
            Map<String, ValidThrough> validThrough,
            Instant allStagedSince) {
        String watermark = sql.watermark().committedAt().toString();
        SortedMap<String, SortedMap<Instant, long[]>> counts = new TreeMap<>();
        String from = first.atStartOfDay(ZoneOffset.UTC).toInstant().toString();
        String until = last.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().toString();
        String hour = "date_trunc('HOUR', " + Columns.EVENT_TIME + ")";
        for (Row row : sql.query("SELECT " + Columns.KAFKA_CLUSTER + ", " + hour + ", count(*), count_if("
                        + Columns.ARRIVED_AT + " > timestamp'" + watermark + "'), count_if(" + Columns.ARRIVED_AT
                        + " > timestamp'" + watermark + "' AND NOT " + Columns.ON_TIME + ") FROM "
                        + lake.names().staging() + " WHERE " + Columns.EVENT_TIME + " >= timestamp'" + from + "' AND "
                        + Columns.EVENT_TIME + " < timestamp'" + until + "' GROUP BY 1, 2")
                .collectAsList()) {
            long[] own = of(counts, row);
            own[0] = row.getLong(2);
            own[2] = row.getLong(3);
            own[3] = row.getLong(4);
        }
        for (Row row : sql.query("SELECT " + Columns.KAFKA_CLUSTER + ", " + hour + ", count(*) FROM "
                        + lake.names().merged() + " WHERE " + Columns.EVENT_DATE + " BETWEEN date'" + first
                        + "' AND date'" + last + "' GROUP BY 1, 2")
                .collectAsList()) {
            of(counts, row)[1] = row.getLong(2);
        }
        List<EventHour> hours = new ArrayList<>();
        counts.forEach((name, byHour) -> byHour.forEach((at, own) -> hours.add(new EventHour(
                name,
                at,
                own[0],
                own[1],
                duplicates(own, !at.isBefore(allStagedSince)),
                own[2],
                own[3],
                validThrough.getOrDefault(name, UNKNOWN)))));
        return hours;
    }

    /** What was staged up to the merge watermark is merged, or was dropped. */
    private static OptionalLong duplicates(long[] own, boolean isAllStaged) {
        long dropped = own[0] - own[2] - own[1];
        return isAllStaged && dropped >= 0 ? OptionalLong.of(dropped) : OptionalLong.empty();
    }

    private static long[] of(SortedMap<String, SortedMap<Instant, long[]>> counts, Row row) {
        return counts.computeIfAbsent(row.getString(0), name -> new TreeMap<>())
                .computeIfAbsent(row.getInstant(1), hour -> new long[4]);
    }

    /**
     * Tables for people, and what they mean.
     *
     * @param arrivals of the date
     */
    public String text(Arrivals arrivals) {
        TextTable table = new TextTable(
                3,
                "data center",
                "event hour (UTC)",
                "state",
                "staged",
                "merged",
                "merge dupl.",
                "not merged",
                "of these late");
        hours.forEach(hour -> table.row(
                hour.dataCenter(),
                Words.dateAndTime(hour.hour()),
                hour.progress() == EventHour.Progress.UNKNOWN
                        ? Words.UNKNOWN
                        : hour.progress().name().toLowerCase(Locale.ROOT),
                Words.count(hour.staged()),
                Words.count(hour.merged()),
                Words.count(hour.duplicates()),
                Words.count(hour.waiting()),
                Words.count(hour.waitingLate())));
        StringBuilder text =
                new StringBuilder(table.isEmpty() ? "The lake holds no event of " + date + ".\n" : table.text() + "\n");
        text.append("\n").append(arrivals.text());
        quarantined.forEach((name, count) -> text.append(name)
                .append(": ")
                .append(Words.count(count))
                .append(" records that arrived on the date are in the quarantine, without an event time\n"));
        long open = hours.stream()
                .filter(hour -> hour.progress() != EventHour.Progress.COMPLETE)
                .count();
        return text.append(
                        hours.isEmpty()
                                ? "Whether something of the date is still to come is not known.\n"
                                : open == 0
                                        ? "Complete: all that was sent is merged; backdated events may still come.\n"
                                        : open + " hours are open.\n")
                .toString();
    }

    /** The same for programs. */
    public String json(Arrivals arrivals) {
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("date", date.toString());
        hours.forEach(hour -> root.withArray("/hours").add(hour.json()));
        ObjectNode rejected = root.putObject("quarantined_by_arrival_date");
        quarantined.forEach((name, count) -> rejected.put(name, count.longValue()));
        arrivals.addTo(root);
        return root.toPrettyString() + "\n";
    }
}
