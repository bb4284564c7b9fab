package io.tributary.lake.view;

import io.tributary.columns.Columns;
import io.tributary.lake.MergeWatermark;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The texts of the views. {@code events}: merged rows, and the staging rows above the merge watermark that are provably first;
 * {@code events_raw}: every row of staging.
 *
 * <p>No event shows twice: what is merged lies at or below the merge watermark, what is taken from staging lies above it, and a
 * staging row that is {@code on_time} has no earlier copy. Both mentions of the merged table must be of one version.
 *
 * <p>The two tables may be of two moments, in either order. If staging is the later one, its newer rows lie above the
 * merge watermark and show as well. If the merged table is the later one, its merge watermark may lie above all of staging; then it holds
 * what it no longer takes from there. So an answer is right for the later moment up to the merge watermark, for staging's above
 * it, and what one query showed the next one shows too.
 *
 * <p>The literal bounds come from an earlier state of the merge watermark, which never falls; they only save reading.
 */
public final class EventsView {

    private static final DateTimeFormatter LITERAL =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT);

    private static final Set<String> ARRIVAL = Set.of(Columns.ARRIVAL_DATE, Columns.ARRIVAL_HOUR);

    private EventsView() {}

    /**
     * The columns of {@code events}, in staging's order: what both tables have, since a new column reaches one before
     * the other.
     *
     * @param beingFilled columns that are left out, since only some of the events have their values
     */
    public static List<StructField> columns(StructType staging, StructType merged, Set<String> beingFilled) {
        Set<String> both = Set.of(merged.fieldNames());
        return Arrays.stream(staging.fields())
                .filter(field -> !ARRIVAL.contains(field.name()) && both.contains(field.name()))
                .filter(field -> !beingFilled.contains(field.name()))
                .toList();
    }

    /**
     * The text of {@code events}.
     *
     * @param columns the view's columns in order, quoted as the engine quotes names; both tables have them all
     * @param merged how the engine names the merged table, pinned to a version where the engine does not do so itself
     * @param staging how the engine names the staging table
     * @param bound the merge watermark when this text is made
     */
    public static String sql(List<String> columns, String merged, String staging, MergeWatermark bound) {
        String list = String.join(", ", columns);
        LocalDateTime low = LocalDateTime.ofInstant(bound.committedAt(), ZoneOffset.UTC);
        return String.join(
                "\n",
                "SELECT " + list,
                "FROM " + merged,
                "WHERE " + Columns.EVENT_DATE + " IS NOT NULL",
                "UNION ALL",
                "SELECT " + list,
                "FROM " + staging,
                "WHERE " + Columns.ON_TIME,
                "  AND " + Columns.ARRIVED_AT + " > COALESCE(",
                "    (SELECT max(" + Columns.ARRIVED_AT + ") FROM " + merged + " WHERE " + Columns.EVENT_DATE
                        + " IS NULL),",
                "    TIMESTAMP '1970-01-01 00:00:00.000 UTC')",
                "  AND " + Columns.ARRIVED_AT + " > TIMESTAMP '" + LITERAL.format(low) + " UTC'",
                "  AND " + Columns.ARRIVAL_DATE + " >= DATE '" + low.toLocalDate() + "'",
                "  AND (" + Columns.ARRIVAL_DATE + " > DATE '" + low.toLocalDate() + "' OR " + Columns.ARRIVAL_HOUR
                        + " >= " + low.getHour() + ")");
    }

    /**
     * The text of {@code events_raw}.
     *
     * @param columns staging's columns in order, quoted as the engine quotes names
     * @param staging how the engine names the staging table
     */
    public static String rawSql(List<String> columns, String staging) {
        return "SELECT " + String.join(", ", columns) + "\nFROM " + staging;
    }
}
