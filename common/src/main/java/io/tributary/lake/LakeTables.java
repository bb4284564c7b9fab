package io.tributary.lake;

import io.delta.tables.DeltaTable;
import io.delta.tables.DeltaTableBuilder;
import io.tributary.config.ColumnConfig;
import io.tributary.error.OperatorActionException;
import io.tributary.lake.log.DeltaTables;
import io.tributary.schema.Lake;
import io.tributary.schema.TableDefinition;
import io.tributary.schema.TypeChange;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Makes the lake's tables, and gives them the columns that the configuration has gained since. */
public final class LakeTables {

    private static final int MAX_POLLS = 20;
    private static final long LOOK_EVERY_NANOS = 500_000_000;

    private final SparkSession spark;

    public LakeTables(SparkSession spark) {
        this.spark = spark;
    }

    /**
     * Brings all three tables to what the configuration declares. Safe to run from two jobs at once.
     *
     * @throws OperatorActionException if a table exists with a column of another type, or cannot be made
     */
    public void ensure(Lake lake, List<ColumnConfig> typed) {
        TableDefinition.all(lake, typed).forEach(this::ensure);
    }

    /**
     * Makes a table where there is none yet; one that is there stays as it is. Safe to run from two jobs at once.
     *
     * @throws OperatorActionException if it cannot be made
     */
    public void make(TableDefinition definition) {
        if (!DeltaTable.isDeltaTable(spark, definition.path())) {
            create(definition);
        }
    }

    private void ensure(TableDefinition definition) {
        make(definition);
        StructType present = DeltaTable.forPath(spark, definition.path()).toDF().schema();
        List<StructField> missing = missing(definition, present);
        if (!missing.isEmpty()) {
            addColumns(definition, missing);
        }
    }

    private void create(TableDefinition definition) {
        DeltaTableBuilder builder = DeltaTable.createIfNotExists(spark)
                .location(definition.path())
                .comment(definition.comment())
                .addColumns(definition.schema())
                .partitionedBy(definition.partitions().toArray(new String[0]));
        definition.properties().forEach(builder::property);
        try {
            builder.execute();
        } catch (Exception e) { // Delta throws checked exceptions that its Java signatures do not declare.
            // The other job may have been first; its table is as good as ours once its commit is there.
            if (!appears(definition.path())) {
                throw new OperatorActionException(
                        "The table " + definition.path() + " cannot be made: " + e.getMessage()
                                + ". Check that the lake's place exists and that this job may write to it.",
                        e);
            }
        }
    }

    private boolean appears(String path) {
        for (int look = 0; look < MAX_POLLS; look++) {
            DeltaTables.forget(spark, path);
            if (DeltaTable.isDeltaTable(spark, path)) {
                return true;
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
        return false;
    }

    private void addColumns(TableDefinition definition, List<StructField> missing) {
        try {
            // An append of no rows is the one schema change that two jobs may attempt at the same time.
            spark.createDataFrame(new ArrayList<>(), definition.schema())
                    .write()
                    .format("delta")
                    .mode("append")
                    .option("mergeSchema", "true")
                    .save(definition.path());
        } catch (Exception e) {
            if (!missing(
                            definition,
                            DeltaTable.forPath(spark, definition.path()).toDF().schema())
                    .isEmpty()) {
                throw new OperatorActionException(
                        "The columns " + missing + " cannot be added to " + definition.path() + ": " + e.getMessage(),
                        e);
            }
        }
    }

    private static List<StructField> missing(TableDefinition definition, StructType present) {
        List<StructField> missing = new ArrayList<>();
        for (StructField wanted : definition.schema().fields()) {
            if (!List.of(present.fieldNames()).contains(wanted.name())) {
                missing.add(wanted);
                continue;
            }
            StructField found = present.apply(wanted.name());
            if (!found.dataType().equals(wanted.dataType())) {
                throw new OperatorActionException(
                        new TypeChange(wanted.name(), found.dataType(), wanted.dataType()).refusal(definition.path()));
            }
        }
        return missing;
    }
}
