package io.tributary.compaction.merge;

import io.tributary.columns.Columns;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Of late rows keeps those that are no copy of an event before them. The rows of an identity stand together, those of
 * events that are known before all others; {@link #KNOWN} tells which they are, and stands last.
 */
final class FirstOccurrences implements MapPartitionsFunction<Row, Row> {

    /** Whether a row stands for an event that is known, and is not to be kept. */
    static final String KNOWN = "is_known";

    /** In the place of {@link #KNOWN}: whether a kept row has the identity of another event. */
    static final String CONFLICT = "is_conflict";

    private static final long serialVersionUID = 1L;

    private final String[] identity;
    private final Duration tolerance;

    FirstOccurrences(List<String> identity, Duration tolerance) {
        this.identity = identity.toArray(String[]::new);
        this.tolerance = tolerance;
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        return new Kept(rows);
    }

    private final class Kept implements Iterator<Row> {

        private final Iterator<Row> rows;
        private List<Object> current = List.of();
        private KnownEventTimes events = new KnownEventTimes(tolerance);
        private Row next;

        Kept(Iterator<Row> rows) {
            this.rows = rows;
            this.next = find();
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public Row next() {
            if (next == null) {
                throw new NoSuchElementException();
            }
            Row kept = next;
            next = find();
            return kept;
        }

        private Row find() {
            while (rows.hasNext()) {
                Row row = rows.next();
                List<Object> own = identityOf(row);
                if (!own.equals(current)) {
                    current = own;
                    events = new KnownEventTimes(tolerance);
                }
                Instant time = row.getAs(Columns.EVENT_TIME);
                if (row.getBoolean(row.size() - 1)) {
                    events.add(time);
                } else if (!events.hold(time)) {
                    Row kept = kept(row, !events.isEmpty());
                    events.add(time);
                    return kept;
                }
            }
            return null;
        }

        private List<Object> identityOf(Row row) {
            List<Object> values = new ArrayList<>();
            for (String column : identity) {
                values.add(row.get(row.fieldIndex(column)));
            }
            return values;
        }

        private Row kept(Row row, boolean isConflict) {
            Object[] values = new Object[row.size()];
            for (int i = 0; i < values.length - 1; i++) {
                values[i] = row.get(i);
            }
            values[values.length - 1] = isConflict;
            return RowFactory.create(values);
        }
    }
}
