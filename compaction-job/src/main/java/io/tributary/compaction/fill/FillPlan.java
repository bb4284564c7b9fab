package io.tributary.compaction.fill;

import io.tributary.config.ColumnConfig;
import io.tributary.config.ColumnDigest;
import io.tributary.config.PipelineConfig;
import io.tributary.lake.fill.ColumnFills.Fill;
import io.tributary.lake.fill.ColumnFills.State;
import io.tributary.lake.fill.FillOrder;
import io.tributary.values.ColumnReaders;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the fills of a lake ask of a job with this configuration.
 *
 * @param known number of the newest fill up to which this configuration says of all columns what was ordered
 * @param columns that were ordered to be filled and are said as they were then
 * @param fill gives rows the values of these columns; empty if there are none
 */
public record FillPlan(long known, List<ColumnConfig> columns, Optional<PayloadFill> fill) {

    private static final FillPlan NONE = new FillPlan(0, List.of(), Optional.empty());

    public FillPlan {
        columns = List.copyOf(columns);
    }

    public static FillPlan of(List<Fill> fills, PipelineConfig config) {
        if (fills.isEmpty()) {
            return NONE;
        }
        Map<String, String> ordered = new HashMap<>();
        FillOrder newest = null;
        for (Fill fill : fills) {
            if (fill.state() != State.CANCELED) {
                ordered.putAll(fill.order().columns());
                newest = fill.order();
            }
        }
        List<ColumnConfig> columns = new ArrayList<>();
        for (ColumnConfig column : config.columns()) {
            if (ColumnDigest.of(column, config.event()).equals(ordered.get(column.name()))) {
                columns.add(column);
            }
        }
        return new FillPlan(
                known(fills, config),
                columns,
                columns.isEmpty() ? Optional.empty() : Optional.of(fill(columns, config, newest)));
    }

    private static long known(List<Fill> fills, PipelineConfig config) {
        return fills.stream()
                .filter(Fill::isOpen)
                .map(Fill::order)
                .filter(order -> !isMeant(order, config))
                .mapToLong(order -> order.number() - 1)
                .min()
                .orElse(fills.get(fills.size() - 1).order().number());
    }

    /** Whether the configuration says of the order's columns what it said when they were ordered. */
    static boolean isMeant(FillOrder order, PipelineConfig config) {
        return config.columns().stream()
                        .filter(column -> ColumnDigest.of(column, config.event())
                                .equals(order.columns().get(column.name())))
                        .count()
                == order.columns().size();
    }

    /** Of an order that is meant. */
    static PayloadFill fill(FillOrder order, PipelineConfig config) {
        return fill(
                config.columns().stream()
                        .filter(column -> order.columns().containsKey(column.name()))
                        .toList(),
                config,
                order);
    }

    private static PayloadFill fill(List<ColumnConfig> columns, PipelineConfig config, FillOrder order) {
        return new PayloadFill(new ColumnReaders(columns, config.event(), order.mappings()));
    }

    /** Whether rows that a writer with other columns has written must be filled. */
    public boolean isNeeded() {
        return fill.isPresent();
    }

    /** The same rows with the columns filled. */
    public Dataset<Row> apply(Dataset<Row> rows) {
        return fill.isPresent() ? fill.get().apply(rows) : rows;
    }
}
