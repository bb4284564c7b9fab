package io.tributary.schema;

import io.tributary.columns.Columns;
import io.tributary.config.ColumnConfig;
import io.tributary.config.PipelineConfig;
import io.tributary.config.RollupConfig;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.types.StructType;

/**
 * The layout of one Delta table.
 *
 * @param path the table's root
 * @param partitions columns that partition it, outermost first
 * @param properties Delta's table properties
 */
public record TableDefinition(
        String path, String comment, StructType schema, List<String> partitions, Map<String, String> properties) {

    /** The table property that distinguishes a rollup from a table of somebody else. */
    public static final String ROLLUP = "tributary.rollup";

    private static final int COMMITS_PER_CHECKPOINT = 50;

    /** The stream's commits are many, and every query reads all commits since the last checkpoint. */
    private static final int COMMITS_PER_CHECKPOINT_OF_STREAM = 10;

    /** The three tables of every lake. */
    public static List<TableDefinition> all(Lake lake, List<ColumnConfig> typed) {
        return List.of(staging(lake, typed), quarantine(lake), merged(lake, typed));
    }

    public static TableDefinition staging(Lake lake, List<ColumnConfig> typed) {
        return new TableDefinition(
                lake.staging(),
                "Events as they arrived, by arrival time",
                EventSchema.staging(typed),
                List.of(Columns.ARRIVAL_DATE, Columns.ARRIVAL_HOUR),
                properties(
                        COMMITS_PER_CHECKPOINT_OF_STREAM, Columns.EVENT_TIME, Columns.EVENT_DATE, Columns.ARRIVED_AT));
    }

    public static TableDefinition merged(Lake lake, List<ColumnConfig> typed) {
        return new TableDefinition(
                lake.merged(),
                "Events, each once, by event time; the row without a date is the merge's merge watermark",
                EventSchema.eventWithLineage(typed),
                List.of(Columns.EVENT_DATE),
                properties(COMMITS_PER_CHECKPOINT, Columns.EVENT_TIME, Columns.ARRIVED_AT, Columns.EVENT_ID));
    }

    public static TableDefinition quarantine(Lake lake) {
        return new TableDefinition(
                lake.quarantine(),
                "Records that could not be read as events",
                EventSchema.quarantine(),
                List.of(Columns.ARRIVAL_DATE),
                properties(
                        COMMITS_PER_CHECKPOINT_OF_STREAM,
                        Columns.REASON,
                        Columns.KAFKA_CLUSTER,
                        Columns.KAFKA_OFFSET,
                        Columns.ARRIVED_AT));
    }

    /** The rollups that a configuration declares. */
    public static List<TableDefinition> rollups(Lake lake, PipelineConfig config) {
        return config.rollups().stream()
                .map(rollup -> rollup(lake, rollup, config.columns()))
                .toList();
    }

    public static TableDefinition rollup(Lake lake, RollupConfig rollup, List<ColumnConfig> typed) {
        Map<String, String> properties = properties(COMMITS_PER_CHECKPOINT, Columns.BUCKET_START);
        properties.put(ROLLUP, "true");
        return new TableDefinition(
                lake.rollup(rollup),
                "Events of " + lake.names().merged() + " in buckets of " + rollup.bucket(),
                RollupSchema.of(rollup, typed),
                List.of(Columns.EVENT_DATE),
                properties);
    }

    /** The table's name: the last folder of its path. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Only features that Athena's Delta reader supports, and statistics only on the columns that readers filter by. */
    private static Map<String, String> properties(int commitsPerCheckpoint, String... statistics) {
        return new TreeMap<>(Map.of(
                "delta.enableDeletionVectors",
                "false",
                "delta.checkpointPolicy",
                "classic",
                "delta.checkpointInterval",
                Integer.toString(commitsPerCheckpoint),
                "delta.dataSkippingStatsColumns",
                String.join(",", statistics)));
    }
}
