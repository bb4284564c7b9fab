package io.tributary.compaction.fill;

import io.tributary.config.ColumnConfig;
import io.tributary.config.ColumnDigest;
import io.tributary.config.PipelineConfig;
import io.tributary.lake.fill.ColumnFills.Fill;
import io.tributary.lake.fill.FillOrder;
import io.tributary.values.ColumnReaders;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the fills of a lake ask of a job with this configuration.
 *
 * @param orders those of open fills whose columns the configuration says as they were said when they were ordered; no two
 *     of them name the same column
 */
public record FillPlan(List<FillOrder> orders, PipelineConfig config) {

    public FillPlan {
        orders = List.copyOf(orders);
    }

    public static FillPlan of(List<Fill> fills, PipelineConfig config) {
        return new FillPlan(
                fills.stream()
                        .filter(Fill::isOpen)
                        .map(Fill::order)
                        .filter(order -> isMeant(order, config))
                        .toList(),
                config);
    }

    /** Whether the configuration says of the order's columns what it said when they were ordered. */
    static boolean isMeant(FillOrder order, PipelineConfig config) {
        return ColumnDigest.ofAll(config).entrySet().containsAll(order.columns().entrySet());
    }

    /** The columns of an order, as the configuration says them. */
    static List<ColumnConfig> columns(FillOrder order, PipelineConfig config) {
        return config.columns().stream()
                .filter(column -> order.columns().containsKey(column.name()))
                .toList();
    }

    /** Whether nothing is asked. */
    public boolean isEmpty() {
        return orders.isEmpty();
    }

    /** The numbers of the fills. */
    public SortedSet<Long> numbers() {
        SortedSet<Long> numbers = new TreeSet<>();
        orders.forEach(order -> numbers.add(order.number()));
        return numbers;
    }

    /**
     * The same rows with the columns filled where their writer did not know them as they are now, or may not have known how
     * a data center writes its times.
     *
     * @param rows of the batches above {@code staged.above()}
     * @param staged the batches that they are of
     */
    public Dataset<Row> apply(Dataset<Row> rows, StagedColumns staged) {
        Dataset<Row> filled = rows;
        for (FillOrder order : orders) {
            filled = fill(order, due(order, config, staged), config, filled);
        }
        return filled;
    }

    /** What is filled in rows of these batches. */
    static List<DueColumn> due(FillOrder order, PipelineConfig config, StagedColumns staged) {
        List<DueColumn> due = new ArrayList<>();
        for (ColumnConfig column : columns(order, config)) {
            if (!staged.isWhole()) {
                due.add(new DueColumn(column, Optional.empty()));
                continue;
            }
            last(order, column, staged)
                    .filter(last -> last.isAfter(staged.above()))
                    .ifPresent(last -> due.add(new DueColumn(column, Optional.of(last))));
        }
        return due;
    }

    /**
     * What is filled in rows that are merged.
     *
     * @param sinceOrder reads the batches since the order; asked if a column holds timestamps
     */
    static List<DueColumn> dueInMerged(FillOrder order, PipelineConfig config, Supplier<StagedColumns> sinceOrder) {
        List<ColumnConfig> columns = columns(order, config);
        Optional<StagedColumns> staged = columns.stream().anyMatch(ColumnConfig::holdsTimestamps)
                ? Optional.of(sinceOrder.get()).filter(StagedColumns::isWhole)
                : Optional.empty();
        return columns.stream()
                .map(column -> new DueColumn(
                        column,
                        staged.filter(read -> column.holdsTimestamps()).flatMap(read -> last(order, column, read))))
                .toList();
    }

    /** When the last row came that may hold another value than the order means. */
    private static Optional<Instant> last(FillOrder order, ColumnConfig column, StagedColumns staged) {
        return Stream.concat(
                        staged.newestUnlike(column.name(), order.columns().get(column.name())).stream(),
                        column.holdsTimestamps() ? Stream.of(order.orderedAt()) : Stream.empty())
                .max(Instant::compareTo);
    }

    /** The same rows with these columns filled. */
    static Dataset<Row> fill(FillOrder order, List<DueColumn> due, PipelineConfig config, Dataset<Row> rows) {
        if (due.isEmpty()) {
            return rows;
        }
        ColumnReaders readers =
                new ColumnReaders(due.stream().map(DueColumn::column).toList(), config.event(), order.mappings());
        return new PayloadFill(readers, due).apply(rows);
    }
}
