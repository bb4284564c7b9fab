package io.tributary.config;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The pipeline configuration: what is done with events, from whichever data center they come. */
public record PipelineConfig(
        EventConfig event,
        List<ColumnConfig> columns,
        EventTimeBounds eventTime,
        DedupConfig dedup,
        TriggerConfig trigger,
        BreakerConfig breaker,
        MergeConfig merge,
        RetentionConfig retention,
        TablesConfig tables,
        CatalogConfig catalog,
        List<RollupConfig> rollups) {

    public PipelineConfig {
        columns = List.copyOf(columns);
        if (columns.stream().map(ColumnConfig::name).distinct().count() < columns.size()) {
            throw new IllegalArgumentException("column names must differ: " + columns);
        }
        if (catalog.manifestTable().filter(tables.all()::contains).isPresent()) {
            throw new IllegalArgumentException("the manifest table needs a name of its own: " + tables.all());
        }
        rollups = List.copyOf(rollups);
        rollups.forEach(new RollupColumns(columns)::require);
        Set<String> names = new HashSet<>(tables.all());
        catalog.manifestTable().ifPresent(names::add);
        for (RollupConfig rollup : rollups) {
            if (!names.add(rollup.name())) {
                throw new IllegalArgumentException("the rollup " + rollup.name() + " is called like another table");
            }
        }
    }

    /**
     * Parses a pipeline file. Every key is optional; an empty file gives {@link #defaults()}.
     *
     * @param origin the file or URI that the text comes from, for messages
     * @throws io.tributary.error.InvalidInputException with all problems of the file
     */
    public static PipelineConfig parse(String yaml, String origin) {
        return PipelineConfigParser.parse(yaml, origin);
    }

    /**
     * Parses a pipeline file, if one is named; else gives the defaults.
     *
     * @param file or URI
     * @param read gives the text of a file
     * @throws io.tributary.error.InvalidInputException with all problems of the file
     */
    public static PipelineConfig of(Optional<String> file, UnaryOperator<String> read) {
        return file.map(name -> parse(read.apply(name), name)).orElseGet(PipelineConfig::defaults);
    }

    public static PipelineConfig defaults() {
        return new PipelineConfig(
                EventConfig.DEFAULTS,
                List.of(),
                EventTimeBounds.DEFAULTS,
                DedupConfig.DEFAULTS,
                TriggerConfig.DEFAULTS,
                BreakerConfig.DEFAULTS,
                MergeConfig.DEFAULTS,
                RetentionConfig.DEFAULTS,
                TablesConfig.DEFAULTS,
                CatalogConfig.DEFAULTS,
                List.of());
    }
}
