package io.tributary.compaction.rollup;

import static org.apache.spark.sql.functions.col;

import io.delta.exceptions.DeltaConcurrentModificationException;
import io.delta.tables.DeltaTable;
import io.tributary.columns.Columns;
import io.tributary.error.OperatorActionException;
import io.tributary.lake.LakeTables;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.commit.CommitLog.Newest;
import io.tributary.lake.commit.RollupCommit;
import io.tributary.schema.TableDefinition;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The Delta table of one rollup, at the version that it had when it was opened. */
final class RollupTable {

    /** Every update claims its number under this name, so that of two with one number only one commits. */
    private static final String WRITER = "tributary-rollup";

    private final SparkSession spark;
    private final String path;
    private final CommitLog log;
    private final long version;
    private final Optional<RollupCommit> newest;

    /** Opens the table; one that is not there yet is made. */
    RollupTable(SparkSession spark, TableDefinition definition) {
        this.spark = spark;
        this.path = definition.path();
        new LakeTables(spark).make(definition);
        requireRollup();
        this.log = new CommitLog(path, spark.sessionState().newHadoopConf());
        this.version = log.newestVersion();
        this.newest = log.findNewest(RollupCommit.class, version).flatMap(Newest::ifNotRestored);
    }

    Optional<RollupCommit> newest() {
        return newest;
    }

    /** A number for the next update; a rollup without commit metadata gets one that is above all that were given before. */
    long nextSequence() {
        return newest.map(metadata -> metadata.sequence() + 1).orElse(version + 1);
    }

    /** Its rows of these dates. */
    Dataset<Row> rows(SortedSet<LocalDate> dates) {
        return spark.read()
                .format("delta")
                .option("versionAsOf", version)
                .load(path)
                .where(col(Columns.EVENT_DATE).isInCollection(dates));
    }

    /** Puts these rows in the place of everything. */
    boolean replaceAll(Dataset<Row> rows, RollupCommit metadata) {
        return commit(writer(rows, metadata).mode("overwrite").option("overwriteSchema", "true"), metadata);
    }

    /** Puts these rows in the place of those of some dates, to which all of them belong. */
    boolean replace(SortedSet<LocalDate> dates, Dataset<Row> rows, RollupCommit metadata) {
        if (dates.isEmpty()) {
            return commit(writer(rows.limit(0), metadata).mode("append"), metadata);
        }
        String literals = dates.stream().map(date -> "DATE '" + date + "'").collect(Collectors.joining(", "));
        return commit(
                writer(rows, metadata)
                        .mode("overwrite")
                        .option("replaceWhere", Columns.EVENT_DATE + " IN (" + literals + ")"),
                metadata);
    }

    private static DataFrameWriter<Row> writer(Dataset<Row> rows, RollupCommit metadata) {
        // One file for each date, since each is replaced as a whole.
        return rows.repartition(col(Columns.EVENT_DATE))
                .sortWithinPartitions(Columns.EVENT_DATE, Columns.BUCKET_START)
                .write()
                .format("delta")
                .partitionBy(Columns.EVENT_DATE)
                .option("txnAppId", WRITER)
                .option("txnVersion", metadata.sequence())
                .option("userMetadata", metadata.toText());
    }

    private boolean commit(DataFrameWriter<Row> writer, RollupCommit metadata) {
        try {
            writer.save(path);
        } catch (DeltaConcurrentModificationException e) {
            return false;
        }
        // Delta leaves out in silence what claims a number that is taken.
        return log.findNewest(RollupCommit.class, log.newestVersion(version))
                .map(Newest::metadata)
                .filter(metadata::equals)
                .isPresent();
    }

    private void requireRollup() {
        Map<Object, Object> properties = DeltaTable.forPath(spark, path)
                .detail()
                .select("properties")
                .first()
                .getJavaMap(0);
        if (!properties.containsKey(TableDefinition.ROLLUP)) {
            throw new OperatorActionException("The table " + path + " is no rollup, and a rollup of the configuration"
                    + " has its name. It stays as it is; give the rollup another name.");
        }
    }
}
