package io.tributary.lab.chaos;

import io.tributary.columns.Columns;
import io.tributary.config.ColumnConfig;
import io.tributary.config.ColumnType.Kind;
import io.tributary.lab.evaluate.Examples;
import io.tributary.lab.input.ColumnRules;
import io.tributary.lab.input.Expected;
import io.tributary.lab.run.LakeRows;
import io.tributary.lab.truth.Coordinates;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/**
 * What the tables hold of hostile records.
 *
 * @param misread columns of visible events that hold something else than the record says
 * @param doubled coordinates that stand more than once in staging and quarantine together
 */
record HostileRows(long events, Examples<String> misread, Examples<String> doubled) {

    private static final int SHOWN = 200;

    /** Reads the lake of {@code testBed}. */
    static HostileRows read(TestBed testBed, String dataCenter) {
        ColumnRules rules = new ColumnRules(testBed.pipeline().config());
        List<String> names = new ArrayList<>(List.of(Columns.EVENT_TYPE, Columns.DATA_CENTER));
        List<String> selected = new ArrayList<>(names);
        for (ColumnConfig column : testBed.pipeline().config().columns()) {
            names.add(column.name());
            selected.add(selected(column));
        }
        Iterator<Row> rows = testBed.pipeline()
                .sql()
                .query("SELECT " + Columns.PAYLOAD + ", " + String.join(", ", Columns.COORDINATES) + ", "
                        + String.join(", ", selected) + " FROM "
                        + testBed.pipeline().lake().names().view() + " WHERE " + Columns.KAFKA_CLUSTER + " = '"
                        + dataCenter + "'")
                .toLocalIterator();
        long events = 0;
        Examples<String> misread = Examples.none();
        while (rows.hasNext()) {
            Row row = rows.next();
            events++;
            Map<String, Expected> expected =
                    rules.columns(row.getString(0).getBytes(StandardCharsets.UTF_8), dataCenter);
            for (int i = 0; i < names.size(); i++) {
                Object actual = row.get(1 + Columns.COORDINATES.size() + i);
                if (!expected.get(names.get(i)).admits(actual)) {
                    misread = misread.plus(cut(coordinates(row) + " " + names.get(i) + " is " + actual + " instead of "
                            + expected.get(names.get(i))));
                }
            }
        }
        return new HostileRows(events, misread, doubled(testBed, dataCenter));
    }

    /** Times by number, since what Spark makes of them in Java passes through a calendar that changed in 1582. */
    private static String selected(ColumnConfig column) {
        if (column.type().kind() == Kind.TIMESTAMP) {
            return "unix_millis(" + column.name() + ")";
        }
        return column.type().kind() == Kind.DATE ? "CAST(unix_date(" + column.name() + ") AS bigint)" : column.name();
    }

    private static Examples<String> doubled(TestBed testBed, String dataCenter) {
        String coordinates = String.join(", ", Columns.COORDINATES);
        String rows = List.of(
                        testBed.pipeline().lake().names().staging(),
                        testBed.pipeline().lake().names().quarantine())
                .stream()
                .map(table -> "SELECT " + coordinates + " FROM " + table + " WHERE " + Columns.KAFKA_CLUSTER + " = '"
                        + dataCenter + "'")
                .collect(Collectors.joining(" UNION ALL "));
        Examples<String> doubled = Examples.none();
        for (Row row : testBed.pipeline()
                .sql()
                .query("SELECT '', " + coordinates + " FROM (" + rows + ") GROUP BY " + coordinates
                        + " HAVING count(*) > 1")
                .collectAsList()) {
            doubled = doubled.plus(coordinates(row).toString());
        }
        return doubled;
    }

    private static Coordinates coordinates(Row row) {
        return LakeRows.coordinates(row, 1);
    }

    private static String cut(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
