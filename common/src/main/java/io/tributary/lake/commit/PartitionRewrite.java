package io.tributary.lake.commit;

import static org.apache.spark.sql.functions.col;

import io.tributary.lake.log.AddAction;
import io.tributary.lake.log.ScalaCollections;
import io.tributary.lake.log.TableFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.FileAction;
import scala.Option;
import scala.collection.Iterator;

/**
 * Writes the rows of one partition anew, with other values in some columns, as one commit that says so in its metadata.
 *
 * <p>Appends pass beside this commit, and their rows stay as they came; a commit that removed one of the files meanwhile
 * makes it fail.
 */
public final class PartitionRewrite {

    private static final String USER_METADATA = "spark.databricks.delta.commitInfo.userMetadata";

    private final SparkSession spark;
    private final String table;
    private final String partition;
    private final String order;
    private final long targetBytes;

    /**
     * @param table its root
     * @param partition the column that partitions it
     * @param order the column that orders the rows within a partition
     * @param targetBytes about the size of the files that it writes
     */
    public PartitionRewrite(SparkSession spark, String table, String partition, String order, long targetBytes) {
        // A session of its own, since the metadata of a commit is a setting of the session.
        this.spark = spark.newSession();
        this.table = table;
        this.partition = partition;
        this.order = order;
        this.targetBytes = targetBytes;
    }

    /**
     * Writes the rows of a partition as they are in the newest version.
     *
     * @param value of the partition, as the log writes it
     * @param change gives for the rows as many rows in the same columns
     * @param metadata of the commit, for a number of rows
     * @return how many rows were written; no commit is made if there are none
     * @throws io.delta.exceptions.DeltaConcurrentModificationException if a file was removed by another commit meanwhile
     * @throws IllegalStateException if the change gave other than as many rows; nothing is committed then
     */
    public long run(String value, UnaryOperator<Dataset<Row>> change, LongFunction<CommitMetadata> metadata) {
        SparkSession active = SparkSession.active();
        SparkSession.setActiveSession(spark);
        try {
            return write(value, change, metadata);
        } finally {
            spark.conf().unset(USER_METADATA);
            SparkSession.setActiveSession(active);
        }
    }

    private long write(String value, UnaryOperator<Dataset<Row>> change, LongFunction<CommitMetadata> metadata) {
        OptimisticTransaction transaction =
                DeltaLog.forTable(spark, table).startTransaction(Option.empty(), Option.empty());
        TableFiles files = TableFiles.of(transaction);
        List<AddAction> read = files.inPartitions(partition, List.of(value));
        if (read.isEmpty()) {
            return 0;
        }
        long bytes = read.stream().mapToLong(file -> file.file().size()).sum();
        int outputs = (int) Math.max(1, (bytes + targetBytes / 2) / targetBytes);
        Dataset<Row> rows = change.apply(files.rows(read));
        Dataset<Row> spread = outputs == 1 ? rows.coalesce(1) : rows.repartitionByRange(outputs, col(order));
        List<AddFile> written = written(transaction, spread.sortWithinPartitions(col(order)));
        long count = rows(written.stream().map(AddAction::new).toList());
        if (count < 0 || rows(read) != count) {
            throw new IllegalStateException(
                    "Writing " + partition + "=" + value + " of " + table + " anew gave " + count
                            + " rows for " + rows(read)
                            + "; nothing was committed. Statistics of files are missing, or this is a"
                            + " defect.");
        }
        commit(transaction, read, written, metadata.apply(count));
        return count;
    }

    /** Negative where the log does not say. */
    private static long rows(List<AddAction> files) {
        return files.stream().allMatch(file -> file.rows().isPresent())
                ? files.stream().mapToLong(file -> file.rows().getAsLong()).sum()
                : -1;
    }

    private static List<AddFile> written(OptimisticTransaction transaction, Dataset<Row> rows) {
        List<AddFile> written = new ArrayList<>();
        Iterator<FileAction> actions = transaction
                .writeFiles(rows, Option.empty(), false, ScalaCollections.seq(List.of()))
                .iterator();
        while (actions.hasNext()) {
            if (!(actions.next() instanceof AddFile add)) {
                throw new IllegalStateException("writing rows anew gave something else than files");
            }
            written.add(add);
        }
        return written;
    }

    private void commit(
            OptimisticTransaction transaction, List<AddAction> read, List<AddFile> written, CommitMetadata metadata) {
        long now = transaction.deltaLog().clock().getTimeMillis();
        List<Action> actions = new ArrayList<>(written);
        read.forEach(file -> actions.add(file.file().removeWithTimestamp(now, true)));
        transaction.trackFilesRead(
                ScalaCollections.seq(read.stream().map(AddAction::file).toList()));
        spark.conf().set(USER_METADATA, metadata.toText());
        transaction.commit(ScalaCollections.seq(actions), DeltaOperations.ManualUpdate$.MODULE$);
    }
}
