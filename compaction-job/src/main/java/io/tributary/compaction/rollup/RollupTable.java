package io.tributary.compaction.rollup;

import static org.apache.spark.sql.functions.col;

import io.delta.tables.DeltaTable;
import io.tributary.columns.Columns;
import io.tributary.error.OperatorActionException;
import io.tributary.lake.LakeTables;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.commit.CommitLog.Newest;
import io.tributary.lake.commit.IdempotentCommit;
import io.tributary.lake.commit.IdempotentCommit.Write;
import io.tributary.lake.commit.RollupMetadata;
import io.tributary.lake.log.DeltaTables;
import io.tributary.schema.TableDefinition;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/** The Delta table of one rollup, at the version that it had when it was opened. */
final class RollupTable {

    private final SparkSession spark;
    private final String path;
    private final IdempotentCommit commit;
    private final long version;
    private final Optional<RollupMetadata> newest;

    /** Opens the table; one that is not there yet is made. */
    RollupTable(SparkSession spark, TableDefinition definition) {
        this.spark = spark;
        this.path = definition.path();
        new LakeTables(spark).make(definition);
        requireRollup();
        this.commit = new IdempotentCommit(spark, path, RollupMetadata.APP_ID);
        CommitLog log = new CommitLog(path, spark.sessionState().newHadoopConf());
        this.version = log.newestVersion();
        this.newest = log.findNewest(RollupMetadata.class, version).flatMap(Newest::ifNotRestored);
    }

    Optional<RollupMetadata> newest() {
        return newest;
    }

    /** A number for the next update; a rollup without commit metadata gets one that is above all that were given before. */
    long nextSequence() {
        return newest.map(metadata -> metadata.sequence() + 1).orElse(version + 1);
    }

    /** Its rows of these dates. */
    Dataset<Row> rows(SortedSet<LocalDate> dates) {
        return DeltaTables.at(spark, path, version)
                .where(col(Columns.EVENT_DATE).isInCollection(dates));
    }

    /** Puts these rows in the place of everything. */
    boolean replaceAll(Dataset<Row> rows, RollupMetadata metadata) {
        return commit(overwrite(rows, Map.of("overwriteSchema", "true")), metadata);
    }

    /** Puts these rows in the place of those of some dates, to which all of them belong. */
    boolean replace(SortedSet<LocalDate> dates, Dataset<Row> rows, RollupMetadata metadata) {
        if (dates.isEmpty()) {
            return commit(Write.append(rows.limit(0)), metadata);
        }
        String literals = dates.stream().map(date -> "DATE '" + date + "'").collect(Collectors.joining(", "));
        String condition = Columns.EVENT_DATE + " IN (" + literals + ")";
        return commit(overwrite(rows, Map.of("replaceWhere", condition)), metadata);
    }

    private static Write overwrite(Dataset<Row> rows, Map<String, String> options) {
        // One file for each date, since each is replaced as a whole.
        Dataset<Row> ordered = rows.repartition(col(Columns.EVENT_DATE))
                .sortWithinPartitions(Columns.EVENT_DATE, Columns.BUCKET_START);
        return new Write(ordered, SaveMode.Overwrite, options, List.of(Columns.EVENT_DATE));
    }

    private boolean commit(Write write, RollupMetadata metadata) {
        return commit.write(write, new IdempotentCommit.Claim(version, metadata.sequence()), metadata)
                instanceof IdempotentCommit.Committed;
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
