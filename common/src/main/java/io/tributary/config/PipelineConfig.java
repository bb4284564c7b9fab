package io.tributary.config;

import java.util.List;

/** What the pipeline does with events, whichever data centre they come from. */
public record PipelineConfig(
        EventConfig event,
        List<ColumnConfig> columns,
        EventTimeBounds eventTime,
        DedupConfig dedup,
        TriggerConfig trigger,
        MergeConfig merge,
        TablesConfig tables,
        CatalogConfig catalog) {

    public PipelineConfig {
        columns = List.copyOf(columns);
        if (columns.stream().map(ColumnConfig::name).distinct().count() < columns.size()) {
            throw new IllegalArgumentException("column names must differ: " + columns);
        }
        if (catalog.manifestTable().filter(tables.all()::contains).isPresent()) {
            throw new IllegalArgumentException("the manifest table needs a name of its own: " + tables.all());
        }
    }

    /**
     * Reads a pipeline file; every key is optional, an empty file gives {@link #defaults()}.
     *
     * @param origin the file or URI that the text comes from, for messages
     * @throws io.tributary.runtime.InvalidInputException with all problems of the file
     */
    public static PipelineConfig parse(String yaml, String origin) {
        return PipelineConfigParser.parse(yaml, origin);
    }

    public static PipelineConfig defaults() {
        return new PipelineConfig(
                EventConfig.DEFAULTS,
                List.of(),
                EventTimeBounds.DEFAULTS,
                DedupConfig.DEFAULTS,
                TriggerConfig.DEFAULTS,
                MergeConfig.DEFAULTS,
                TablesConfig.DEFAULTS,
                CatalogConfig.DEFAULTS);
    }
}
