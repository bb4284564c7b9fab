package io.tributary.compaction.maintenance;

import static org.apache.spark.sql.functions.col;

import io.tributary.lake.log.AddAction;
import io.tributary.lake.log.ScalaCollections;
import io.tributary.lake.log.TableFiles;
import io.tributary.lake.log.TimeSpan;
import io.tributary.schema.TableDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import org.apache.spark.sql.functions;
import scala.Option;
import scala.collection.Iterator;

/**
 * Writes files of a Delta table anew, in order and in other sizes, as one commit that changes no row.
 *
 * <p>Delta's own OPTIMIZE runs a job and a plan for each partition and file groups by size alone. Here partitions share a job,
 * and rows come out ordered. The commit says that no data changed, so Delta lets it pass beside appends, and a commit
 * that removed one of the files meanwhile makes it fail.
 */
final class FileRewriter {

    private final SparkSession spark;
    private final String table;
    private final List<String> partitionColumns;
    private final String order;

    /** @param order the column that orders the rows within a partition, one with statistics */
    FileRewriter(SparkSession spark, TableDefinition table, String order) {
        this.spark = spark;
        this.table = table.path();
        this.partitionColumns = table.partitions();
        this.order = order;
    }

    /** The table's files now, by its log alone. */
    List<DataFile> files() {
        return begin()
                .snapshot()
                .allFiles()
                .toDF()
                .select(
                        col("path"),
                        col("partitionValues"),
                        col("size"),
                        statistic("minValues").as("first"),
                        statistic("maxValues").as("last"))
                .collectAsList()
                .stream()
                .map(this::file)
                .toList();
    }

    private OptimisticTransaction begin() {
        return DeltaLog.forTable(spark, table).startTransaction(Option.empty(), Option.empty());
    }

    private Column statistic(String bound) {
        return functions
                .get_json_object(col("stats"), "$." + bound + "." + order)
                .cast("timestamp");
    }

    private DataFile file(Row row) {
        Map<String, Optional<String>> partition = new HashMap<>();
        Map<String, String> values = row.getJavaMap(1);
        partitionColumns.forEach(column -> partition.put(column, Optional.ofNullable(values.get(column))));
        Optional<TimeSpan> span = row.isNullAt(3) || row.isNullAt(4)
                ? Optional.empty()
                : Optional.of(new TimeSpan(row.getInstant(3), row.getInstant(4)));
        return new DataFile(row.getString(0), partition, row.getLong(2), span);
    }

    /**
     * Writes file groups anew in one commit; those of which a file is gone by now are left out.
     *
     * @return how many files were removed and how many added
     * @throws io.delta.exceptions.DeltaConcurrentModificationException if a file was removed by another commit meanwhile
     */
    RewriteResult rewrite(Collection<FileGroup> groups) {
        OptimisticTransaction transaction = begin();
        Map<String, AddAction> present = present(transaction, groups);
        List<FileGroup> whole = groups.stream()
                .filter(group -> group.files().stream().allMatch(file -> present.containsKey(file.path())))
                .toList();
        List<AddAction> read = new ArrayList<>();
        List<AddAction> written = new ArrayList<>();
        for (List<FileGroup> round : rounds(whole)) {
            List<AddAction> files = round.stream()
                    .flatMap(group -> group.files().stream())
                    .map(file -> present.get(file.path()))
                    .toList();
            read.addAll(files);
            Dataset<Row> rows = TableFiles.of(transaction).rows(files);
            written.addAll(write(transaction, spread(rows, round.get(0).outputs())));
        }
        if (!read.isEmpty()) {
            commit(transaction, read, written);
        }
        return RewriteResult.of(read, written);
    }

    private Map<String, AddAction> present(OptimisticTransaction transaction, Collection<FileGroup> groups) {
        Set<String> paths = new HashSet<>();
        Set<String> values = new HashSet<>();
        String column = partitionColumns.get(0);
        for (FileGroup group : groups) {
            group.files().forEach(file -> paths.add(file.path()));
            group.partition().get(column).ifPresent(values::add);
        }
        Map<String, AddAction> present = new HashMap<>();
        // A list of thousands of paths would not make a good condition.
        for (AddAction file : TableFiles.of(transaction).inPartitions(column, values)) {
            if (paths.contains(file.path())) {
                present.put(file.path(), file);
            }
        }
        return present;
    }

    /** Packs that may share a job: those of one file each, one of a partition; any other stands alone. */
    private static List<List<FileGroup>> rounds(List<FileGroup> groups) {
        List<List<FileGroup>> alone = new ArrayList<>();
        List<List<FileGroup>> shared = new ArrayList<>();
        Map<Map<String, Optional<String>>, Integer> taken = new HashMap<>();
        for (FileGroup group : groups) {
            if (group.outputs() > 1) {
                alone.add(List.of(group));
                continue;
            }
            int round = taken.merge(group.partition(), 1, Integer::sum) - 1;
            if (round == shared.size()) {
                shared.add(new ArrayList<>());
            }
            shared.get(round).add(group);
        }
        shared.addAll(alone);
        return shared;
    }

    private Dataset<Row> spread(Dataset<Row> rows, int outputs) {
        Column[] partition = partitionColumns.stream().map(functions::col).toArray(Column[]::new);
        List<Column> ordered = new ArrayList<>(List.of(partition));
        ordered.add(col(order));
        Dataset<Row> spread = outputs == 1 ? rows.repartition(partition) : rows.repartitionByRange(outputs, col(order));
        return spread.sortWithinPartitions(ordered.toArray(Column[]::new));
    }

    private static List<AddAction> write(OptimisticTransaction transaction, Dataset<Row> rows) {
        List<AddAction> written = new ArrayList<>();
        Iterator<FileAction> actions = transaction
                .writeFiles(rows, Option.empty(), true, ScalaCollections.seq(List.of()))
                .iterator();
        while (actions.hasNext()) {
            FileAction action = actions.next();
            if (!(action instanceof AddFile add)) {
                throw new IllegalStateException("writing files anew gave " + action);
            }
            written.add(new AddAction(add.copy(
                    add.path(),
                    add.partitionValues(),
                    add.size(),
                    add.modificationTime(),
                    false,
                    add.stats(),
                    add.tags(),
                    add.deletionVector(),
                    add.baseRowId(),
                    add.defaultRowCommitVersion(),
                    add.clusteringProvider())));
        }
        return written;
    }

    private static void commit(OptimisticTransaction transaction, List<AddAction> read, List<AddAction> written) {
        long now = transaction.deltaLog().clock().getTimeMillis();
        List<Action> actions = new ArrayList<>();
        written.forEach(file -> actions.add(file.file()));
        read.forEach(file -> actions.add(file.file().removeWithTimestamp(now, false)));
        transaction.trackFilesRead(
                ScalaCollections.seq(read.stream().map(AddAction::file).toList()));
        transaction.commit(
                ScalaCollections.seq(actions),
                new DeltaOperations.Optimize(
                        ScalaCollections.seq(List.of()),
                        ScalaCollections.seq(List.of()),
                        false,
                        Option.empty(),
                        false));
    }
}
