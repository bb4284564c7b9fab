package io.tributary.compaction.compact;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.delta.exceptions.DeltaConcurrentModificationException;
import io.delta.tables.DeltaTable;
import io.tributary.config.MergeConfig;
import io.tributary.event.Columns;
import io.tributary.table.Cursor;
import io.tributary.table.Lake;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;

/** Packs the small files of crowded partitions of the merged table. Readers and merges go on meanwhile. */
public final class Compactor {

    private final SparkSession spark;
    private final Lake lake;
    private final MergeConfig limits;

    public Compactor(SparkSession spark, Lake lake, MergeConfig limits) {
        this.spark = spark;
        this.lake = lake;
        this.limits = limits;
    }

    /** Looks at the table's list of files, not at its data; a list of two values a file is counted here. */
    public CompactionPlan plan() {
        Map<Optional<LocalDate>, PartitionFiles> partitions = new HashMap<>();
        List<Row> files = DeltaLog.forTable(spark, lake.merged())
                .unsafeVolatileSnapshot()
                .allFiles()
                .toDF()
                .select(col("partitionValues").getItem(Columns.EVENT_DATE), col("size"))
                .collectAsList();
        for (Row file : files) {
            Optional<LocalDate> date = Optional.ofNullable(file.getString(0)).map(LocalDate::parse);
            long small = file.getLong(1) < limits.targetFileBytes() ? 1 : 0;
            partitions.merge(date, new PartitionFiles(date, 1, small), PartitionFiles::plus);
        }
        return CompactionPlan.decide(partitions.values(), limits.compactAfterFiles());
    }

    public CompactionOutcome run(CompactionPlan plan) {
        spark.conf().set("spark.databricks.delta.optimize.minFileSize", limits.targetFileBytes());
        spark.conf().set("spark.databricks.delta.optimize.maxFileSize", limits.targetFileBytes());
        DeltaTable merged = DeltaTable.forPath(spark, lake.merged());
        int done = 0;
        try {
            for (LocalDate date : plan.dates()) {
                merged.optimize()
                        .where(Columns.EVENT_DATE + " = DATE '" + date + "'")
                        .executeCompaction();
                done++;
            }
            if (plan.dropOldCursors()) {
                Cursor cursor = Cursor.read(merged.toDF());
                merged.delete(col(Columns.EVENT_DATE)
                        .isNull()
                        .and(col(Columns.ARRIVED_AT).lt(lit(cursor.arrivedAt()))));
                done++;
            }
            return new CompactionOutcome.Compacted(done);
        } catch (DeltaConcurrentModificationException e) {
            return new CompactionOutcome.PutOff(done, e.getMessage());
        }
    }
}
