package io.tributary.trino;

import io.delta.kernel.Scan;
import io.delta.kernel.Snapshot;
import io.delta.kernel.Table;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.expressions.And;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.expressions.Literal;
import io.delta.kernel.expressions.Predicate;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampType;
import io.delta.kernel.utils.CloseableIterator;
import io.tributary.columns.Columns;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.apache.hadoop.conf.Configuration;

/** A Delta table as readers see it that are built on Delta's kernel; the newest version when it was opened. */
final class KernelTable {

    private final Engine engine = DefaultEngine.create(new Configuration());
    private final Snapshot snapshot;

    KernelTable(Path table) {
        this.snapshot = Table.forPath(engine, table.toString()).getLatestSnapshot(engine);
    }

    /**
     * How many times of a column meet a condition, of those in the files that the condition does not skip.
     *
     * @param firstDate event dates before it are left out; none: no date is
     */
    long count(String column, String operator, Instant bound, Optional<LocalDate> firstDate) throws IOException {
        long micros = Math.addExact(bound.getEpochSecond() * 1_000_000, bound.getNano() / 1000L);
        Predicate onTime = new Predicate(operator, new Column(column), Literal.ofTimestamp(micros));
        Predicate filter = firstDate
                .<Predicate>map(date -> new And(
                        new Predicate(
                                ">=",
                                new Column(Columns.EVENT_DATE),
                                Literal.ofDate(Math.toIntExact(date.toEpochDay()))),
                        onTime))
                .orElse(onTime);
        Scan scan = KernelReads.scan(engine, snapshot, filter);
        long found = 0;
        try (CloseableIterator<FilteredColumnarBatch> files = scan.getScanFiles(engine)) {
            while (files.hasNext()) {
                try (CloseableIterator<Row> rows = files.next().getRows()) {
                    while (rows.hasNext()) {
                        found += count(rows.next(), column, condition(operator, micros));
                    }
                }
            }
        }
        return found;
    }

    private long count(Row file, String column, LongPredicate condition) throws IOException {
        StructType schema = new StructType().add(column, TimestampType.TIMESTAMP);
        long found = 0;
        try (CloseableIterator<ColumnarBatch> data =
                KernelReads.read(engine, InternalScanFileUtils.getAddFileStatus(file), schema)) {
            while (data.hasNext()) {
                try (CloseableIterator<Row> rows = data.next().getRows()) {
                    while (rows.hasNext()) {
                        Row row = rows.next();
                        found += !row.isNullAt(0) && condition.test(row.getLong(0)) ? 1 : 0;
                    }
                }
            }
        }
        return found;
    }

    private static LongPredicate condition(String operator, long bound) {
        return switch (operator) {
            case "=" -> value -> value == bound;
            case "<" -> value -> value < bound;
            case ">=" -> value -> value >= bound;
            default -> throw new IllegalArgumentException(operator);
        };
    }
}
