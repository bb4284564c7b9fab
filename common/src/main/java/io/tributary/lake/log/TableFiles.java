package io.tributary.lake.log;

import static org.apache.spark.sql.functions.col;

import io.tributary.error.OperatorActionException;
import java.util.Collection;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.AddFile;
import scala.Option;

/** The files of one version of a Delta table, and the rows in those that a caller chooses. */
public final class TableFiles {

    private static final String MAPPING = "delta.columnMapping.mode";

    private final DeltaLog log;
    private final Snapshot snapshot;

    private TableFiles(DeltaLog log, Snapshot snapshot) {
        String mapping = snapshot.metadata().configuration().<String>getOrElse(MAPPING, () -> "none");
        if (!mapping.equals("none")) {
            throw new OperatorActionException("The table " + log.dataPath() + " maps its columns to other names ("
                    + MAPPING + " is " + mapping
                    + "), so its log cannot be read by theirs. Tributary never makes a table"
                    + " so; make it anew without, and let the jobs fill it.");
        }
        this.log = log;
        this.snapshot = snapshot;
    }

    public static TableFiles ofNewest(SparkSession spark, String table) {
        DeltaLog log = DeltaLog.forTable(spark, table);
        return new TableFiles(log, log.update(false, Option.empty(), Option.empty()));
    }

    /** Of the version that a transaction began with. */
    public static TableFiles of(OptimisticTransaction transaction) {
        return new TableFiles(transaction.deltaLog(), transaction.snapshot());
    }

    /** All files of the version. */
    public List<AddAction> all() {
        return snapshot.allFiles().collectAsList().stream().map(AddAction::new).toList();
    }

    /** The files of the partitions that have one of the values in a partition column, as the log writes it. */
    public List<AddAction> inPartitions(String column, Collection<String> values) {
        return snapshot
                .allFiles()
                .where(col("partitionValues").getItem(column).isInCollection(values))
                .collectAsList()
                .stream()
                .map(AddAction::new)
                .toList();
    }

    /** The rows in these files, which may be files that the version no longer has. */
    public Dataset<Row> rows(List<AddAction> files) {
        List<AddFile> own = files.stream().map(AddAction::file).toList();
        return log.createDataFrame(snapshot, ScalaCollections.seq(own), false, Option.empty());
    }
}
