package io.tributary.operations.columns;

import io.tributary.cli.Suggestions;
import io.tributary.config.ColumnConfig;
import io.tributary.config.ColumnDigest;
import io.tributary.config.DataCenters;
import io.tributary.config.EventOverrides;
import io.tributary.config.PipelineConfig;
import io.tributary.error.InvalidInputException;
import io.tributary.lake.fill.ColumnFills.Fill;
import io.tributary.lake.fill.FillOrder;
import io.tributary.values.ColumnReaders;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Columns of a configuration whose values are in the stored payload.
 *
 * @param columns at least one
 * @param mappings what data centers say of {@code event} in place of the configuration
 */
public record FillableColumns(
        PipelineConfig config, List<ColumnConfig> columns, SortedMap<String, EventOverrides> mappings) {

    /**
     * The columns of these names; of no names, all that can be filled.
     *
     * @throws InvalidInputException if one is not configured, or its value is not in the payload
     */
    public static FillableColumns named(List<String> names, PipelineConfig config, DataCenters dataCenters) {
        Map<String, ColumnConfig> configured = new LinkedHashMap<>();
        config.columns().forEach(column -> configured.put(column.name(), column));
        List<ColumnConfig> columns = new ArrayList<>();
        for (String name : names) {
            ColumnConfig column = configured.get(name);
            if (column == null) {
                throw new InvalidInputException(
                        "The configuration has no column " + name + "; " + Suggestions.remedy(name, configured.keySet())
                                + ". Name the pipeline file that declares it with --config.");
            }
            if (!isInPayload(column)) {
                throw new InvalidInputException("The column " + name + " is taken from " + column.from()
                        + ", and events are stored without the key and the headers of their records, so nothing is there"
                        + " to fill it from. It stays null in events from before it was declared.");
            }
            columns.add(column);
        }
        if (names.isEmpty()) {
            config.columns().stream().filter(FillableColumns::isInPayload).forEach(columns::add);
        }
        if (columns.isEmpty()) {
            throw new InvalidInputException(
                    "The configuration declares no column that is taken from the value of a record."
                            + " Name the pipeline file that does with --config.");
        }
        SortedMap<String, EventOverrides> mappings = new TreeMap<>();
        dataCenters.all().stream()
                .filter(center -> !center.event().equals(EventOverrides.NONE))
                .forEach(center -> mappings.put(center.name(), center.event()));
        return new FillableColumns(config, columns, mappings);
    }

    private static boolean isInPayload(ColumnConfig column) {
        return column.from().startsWith("/");
    }

    public ColumnReaders readers() {
        return new ColumnReaders(columns, config.event(), mappings);
    }

    /**
     * The order to fill them.
     *
     * @param fills of the lake
     * @throws InvalidInputException if one of them is being filled
     */
    public FillOrder order(List<Fill> fills, Instant now, String by, String because) {
        SortedMap<String, String> digests = new TreeMap<>();
        columns.forEach(column -> digests.put(column.name(), ColumnDigest.of(column, config.event())));
        for (Fill fill : fills) {
            if (fill.isOpen() && fill.order().columns().keySet().stream().anyMatch(digests::containsKey)) {
                long number = fill.order().number();
                throw new InvalidInputException("Fill " + number + " is filling "
                        + String.join(", ", fill.order().columns().keySet())
                        + ". Wait for it (tributary columns list), or give it up: tributary columns fill --cancel "
                        + number
                        + " --because TEXT.");
            }
        }
        return new FillOrder(0, now, by, because, digests, mappings);
    }
}
