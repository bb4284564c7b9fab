package io.tributary.lake.commit;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.input_file_name;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.unix_millis;

import io.tributary.columns.Columns;
import io.tributary.lake.log.AddAction;
import io.tributary.lake.log.ScalaCollections;
import io.tributary.lake.log.TableFiles;
import io.tributary.offsets.TopicPartitionId;
import io.tributary.schema.TableDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.spark.sql.Column;
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
 * Removes rows from a table in one commit that counts them. The files that hold them are written anew without them.
 *
 * <p>Delta's DELETE would name the condition in the log, and with it what was erased, and does not say of which batch the
 * rows were. Appends pass beside this commit; a commit that removed one of the files meanwhile makes it fail.
 */
public final class RowRemoval {

    private static final String USER_METADATA = "spark.databricks.delta.commitInfo.userMetadata";
    private static final String FILE = "removal_file";
    private static final String BATCH = "removal_batch";

    private final SparkSession spark;
    private final TableDefinition table;

    public RowRemoval(SparkSession spark, TableDefinition table) {
        // A session of its own, since the metadata of a commit is a setting of the session.
        this.spark = spark.newSession();
        this.table = table;
    }

    /**
     * What is to be removed, and how it is told.
     *
     * @param erasure number of the erasure; 0 if a rule drops whole dates
     * @param rule the rule; empty for an erasure
     * @param mayHold whether a file may hold such rows
     * @param condition on a row; null counts as false
     * @param counting by what removed rows are counted
     */
    public record Order(long erasure, String rule, Predicate<AddAction> mayHold, Column condition, Counting counting) {}

    /** By what removed rows are counted, beside the table's partitions. */
    public enum Counting {
        DATA_CENTERS,
        TOPIC_PARTITIONS,
        /** Batches, and in each the topic partitions. */
        BATCHES
    }

    /**
     * What was found.
     *
     * @param version of the table that was searched
     * @param rows that were removed
     */
    public record Outcome(long version, long rows) {}

    /**
     * Searches the newest version and removes what it finds; no commit is made if that is nothing.
     *
     * @throws io.delta.exceptions.DeltaConcurrentModificationException if a file was removed by another commit meanwhile
     */
    public Outcome run(Order order) {
        SparkSession active = SparkSession.active();
        SparkSession.setActiveSession(spark);
        try {
            return search(order);
        } finally {
            spark.conf().unset(USER_METADATA);
            SparkSession.setActiveSession(active);
        }
    }

    private Outcome search(Order order) {
        OptimisticTransaction transaction =
                DeltaLog.forTable(spark, table.path()).startTransaction(Option.empty(), Option.empty());
        long version = transaction.snapshot().version();
        TableFiles files = TableFiles.of(transaction);
        List<AddAction> candidates =
                files.all().stream().filter(order.mayHold()).toList();
        if (candidates.isEmpty()) {
            return new Outcome(version, 0);
        }
        Column isRemoved = coalesce(order.condition(), lit(false));
        Found found = new Found(order);
        counted(files.rows(candidates).where(isRemoved), order.counting()).forEach(found::add);
        if (found.files.isEmpty()) {
            return new Outcome(version, 0);
        }
        List<AddAction> touched = candidates.stream()
                .filter(file -> found.files.contains(fileName(file.path())))
                .toList();
        RemovalMetadata metadata = found.metadata();
        boolean isAll = touched.stream().allMatch(file -> file.rows().isPresent())
                && touched.stream().mapToLong(file -> file.rows().getAsLong()).sum() == metadata.rows();
        List<AddFile> rest =
                isAll ? List.of() : write(transaction, files.rows(touched).where(not(isRemoved)));
        commit(transaction, touched, rest, metadata);
        return new Outcome(version, metadata.rows());
    }

    private List<Row> counted(Dataset<Row> rows, Counting counting) {
        List<Column> keys = new ArrayList<>();
        keys.add(input_file_name().as(FILE));
        table.partitions().forEach(name -> keys.add(col(name).cast("string").as(name)));
        keys.add(col(Columns.KAFKA_CLUSTER));
        if (counting != Counting.DATA_CENTERS) {
            keys.add(col(Columns.KAFKA_TOPIC));
            keys.add(col(Columns.KAFKA_PARTITION));
            keys.add((counting == Counting.BATCHES ? unix_millis(col(Columns.ARRIVED_AT)) : lit(0L)).as(BATCH));
        }
        return rows.groupBy(keys.toArray(Column[]::new)).count().collectAsList();
    }

    /** Gathers what the search found. */
    private final class Found {

        private final Order order;
        private final Set<String> files = new HashSet<>();
        private final SortedMap<String, Long> byPartition = new TreeMap<>();
        private final SortedMap<String, Long> dataCenters = new TreeMap<>();
        private final SortedMap<Long, SortedMap<TopicPartitionId, Long>> batches = new TreeMap<>();

        Found(Order order) {
            this.order = order;
        }

        void add(Row row) {
            long rows = row.<Long>getAs("count");
            String dataCenter = row.getAs(Columns.KAFKA_CLUSTER);
            files.add(fileName(row.getAs(FILE)));
            StringJoiner partition = new StringJoiner("/");
            table.partitions().forEach(name -> partition.add(row.<String>getAs(name)));
            byPartition.merge(partition.toString(), rows, Long::sum);
            dataCenters.merge(dataCenter, rows, Long::sum);
            if (order.counting() != Counting.DATA_CENTERS) {
                TopicPartitionId id = new TopicPartitionId(
                        dataCenter, row.getAs(Columns.KAFKA_TOPIC), row.<Integer>getAs(Columns.KAFKA_PARTITION));
                batches.computeIfAbsent(row.<Long>getAs(BATCH), batch -> new TreeMap<>())
                        .merge(id, rows, Long::sum);
            }
        }

        RemovalMetadata metadata() {
            return new RemovalMetadata(order.erasure(), order.rule(), byPartition, dataCenters, batches);
        }
    }

    /** The part of a path that no other file of the table has, however the path is escaped. */
    private static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private List<AddFile> write(OptimisticTransaction transaction, Dataset<Row> rows) {
        Column[] partition = table.partitions().stream().map(name -> col(name)).toArray(Column[]::new);
        List<Column> order = new ArrayList<>(List.of(partition));
        order.add(col(Columns.ARRIVED_AT));
        if (table.schema().getFieldIndex(Columns.EVENT_TIME).isDefined()) {
            order.set(order.size() - 1, col(Columns.EVENT_TIME));
        }
        Dataset<Row> ordered = rows.repartition(partition).sortWithinPartitions(order.toArray(Column[]::new));
        List<AddFile> written = new ArrayList<>();
        Iterator<FileAction> actions = transaction
                .writeFiles(ordered, Option.empty(), false, ScalaCollections.seq(List.of()))
                .iterator();
        while (actions.hasNext()) {
            if (!(actions.next() instanceof AddFile add)) {
                throw new IllegalStateException("writing the rest of files gave something else than files");
            }
            written.add(add);
        }
        return written;
    }

    private void commit(
            OptimisticTransaction transaction, List<AddAction> removed, List<AddFile> added, RemovalMetadata metadata) {
        long now = transaction.deltaLog().clock().getTimeMillis();
        List<Action> actions = new ArrayList<>(added);
        removed.forEach(file -> actions.add(withoutValues(file).removeWithTimestamp(now, true)));
        transaction.trackFilesRead(
                ScalaCollections.seq(removed.stream().map(AddAction::file).toList()));
        spark.conf().set(USER_METADATA, metadata.toText());
        transaction.commit(ScalaCollections.seq(actions), DeltaOperations.ManualUpdate$.MODULE$);
    }

    /** A removed file's statistics would keep its least and greatest values in the log. */
    private static AddFile withoutValues(AddAction file) {
        AddFile add = file.file();
        return add.copy(
                add.path(),
                add.partitionValues(),
                add.size(),
                add.modificationTime(),
                add.dataChange(),
                file.rows().isPresent() ? "{\"numRecords\":" + file.rows().getAsLong() + "}" : null,
                add.tags(),
                add.deletionVector(),
                add.baseRowId(),
                add.defaultRowCommitVersion(),
                add.clusteringProvider());
    }
}
