package io.tributary.lake.log;

import java.time.Instant;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;

/** What is asked of a Delta table as a whole. */
public final class DeltaTables {

    private DeltaTables() {}

    /** The rows of one version. */
    public static Dataset<Row> at(SparkSession spark, String table, long version) {
        return spark.read().format("delta").option("versionAsOf", version).load(table);
    }

    /** The files of the newest version, a row each, in the columns of the log's {@code add} action. */
    public static Dataset<Row> files(SparkSession spark, String table) {
        return DeltaLog.forTableWithSnapshot(spark, table)._2().allFiles().toDF();
    }

    /** How many files the table had when this process last read or wrote it. */
    public static long fileCount(SparkSession spark, String table) {
        Snapshot snapshot = DeltaLog.forTable(spark, table).unsafeVolatileSnapshot();
        // Without the checksum file the table's whole state would have to be computed.
        return snapshot.checksumOpt().isDefined() ? snapshot.checksumOpt().get().numFiles() : snapshot.numOfFiles();
    }

    /** The time by the clock that Delta itself goes by, as in VACUUM: this machine's. */
    public static Instant now(SparkSession spark, String table) {
        return Instant.ofEpochMilli(DeltaLog.forTable(spark, table).clock().getTimeMillis());
    }

    /** Makes Delta forget what it knows of a folder, so that it looks anew whether a table is there. */
    public static void forget(SparkSession spark, String table) {
        DeltaLog.invalidateCache(spark, new Path(table));
    }
}
