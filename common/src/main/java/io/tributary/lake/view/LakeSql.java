package io.tributary.lake.view;

import io.delta.tables.DeltaTable;
import io.tributary.config.RollupConfig;
import io.tributary.error.InvalidInputException;
import io.tributary.lake.MergeWatermark;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.fill.ColumnFills;
import io.tributary.runtime.HadoopFiles;
import io.tributary.schema.Lake;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Spark SQL over a lake, with the tables and the view under their own names.
 *
 * <p>Spark may read the two mentions of the merged table in the view at two versions, so the view pins one, and
 * {@link #refresh} must come before a query that is to see the newest merge. A view that is not refreshed stays exact:
 * it shows what is merged up to its version and everything on time above its merge watermark.
 */
public final class LakeSql {

    private final SparkSession spark;
    private final Lake lake;
    private final CommitLog mergedLog;
    private final ColumnFills fills;
    private SortedSet<String> hidden;
    private long mergedVersion;
    private MergeWatermark watermark = MergeWatermark.START;

    /** @throws InvalidInputException if there is no lake at that place */
    public LakeSql(SparkSession spark, Lake lake) {
        this.spark = spark;
        this.lake = lake;
        for (String path : List.of(lake.staging(), lake.merged(), lake.quarantine())) {
            if (!DeltaTable.isDeltaTable(spark, path)) {
                throw new InvalidInputException("There is no lake at " + lake.root() + ": " + path
                        + " is no Delta table. Name the folder or URI that a job was given as --lake.");
            }
        }
        this.mergedLog = new CommitLog(lake.merged(), spark.sessionState().newHadoopConf());
        this.fills = new ColumnFills(lake, new HadoopFiles(spark.sessionState().newHadoopConf()));
        this.hidden = fills.beingFilled();
        this.mergedVersion = mergedLog.newestVersion();
        pointNames();
    }

    /** Gives rollups their names too, as far as they have been computed; they always show their newest commit. */
    public void addRollups(List<RollupConfig> rollups) {
        rollups.stream()
                .filter(rollup -> DeltaTable.isDeltaTable(spark, lake.rollup(rollup)))
                .forEach(rollup -> spark.sql("SELECT * FROM " + identifier(lake.rollup(rollup)))
                        .createOrReplaceTempView(rollup.name()));
    }

    /** Runs one query against the newest state of the lake. */
    public Dataset<Row> query(String sql) {
        refresh();
        return spark.sql(sql);
    }

    /**
     * Points the names at the newest state. Staging and quarantine always show their newest commit; only a merge moves
     * what the other names stand for. The view takes new columns with a merge, or when they have been filled.
     */
    public void refresh() {
        // Before the version: a column is whole in every version from after its fill was closed, and in none before.
        SortedSet<String> beingFilled = fills.beingFilled();
        long newest = mergedLog.newestVersion(mergedVersion);
        if (newest != mergedVersion || !beingFilled.equals(hidden)) {
            hidden = beingFilled;
            mergedVersion = newest;
            pointNames();
        }
    }

    private void pointNames() {
        Dataset<Row> merged = spark.sql("SELECT * FROM " + pinned(mergedVersion));
        merged.createOrReplaceTempView(lake.names().merged());
        Dataset<Row> staging = spark.sql("SELECT * FROM " + identifier(lake.staging()));
        staging.createOrReplaceTempView(lake.names().staging());
        spark.sql("SELECT * FROM " + identifier(lake.quarantine()))
                .createOrReplaceTempView(lake.names().quarantine());
        watermark = MergeWatermark.at(mergedVersion, mergedLog, () -> merged);
        List<String> columns = EventsView.columns(staging.schema(), merged.schema(), hidden).stream()
                .map(field -> quoted(field.name()))
                .toList();
        String view = EventsView.sql(columns, pinned(mergedVersion), identifier(lake.staging()), watermark);
        spark.sql(view).createOrReplaceTempView(lake.names().view());
        List<String> all = Arrays.stream(staging.columns()).map(LakeSql::quoted).toList();
        spark.sql(EventsView.rawSql(all, identifier(lake.staging())))
                .createOrReplaceTempView(lake.names().rawView());
    }

    private static String quoted(String column) {
        return "`" + column + "`";
    }

    /**
     * How far the merge had come at the last refresh. Whatever the view shows later and did not show then arrived after
     * this.
     */
    public MergeWatermark watermark() {
        return watermark;
    }

    private String pinned(long version) {
        return identifier(lake.merged()) + " VERSION AS OF " + version;
    }

    private static String identifier(String path) {
        return "delta.`" + path + "`";
    }
}
