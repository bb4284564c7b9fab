package io.tributary.compaction.rollup;

import static org.apache.spark.sql.functions.col;

import io.tributary.columns.Columns;
import io.tributary.config.PipelineConfig;
import io.tributary.config.RollupConfig;
import io.tributary.error.OperatorActionException;
import io.tributary.lake.MergeWatermark;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.commit.RollupMetadata;
import io.tributary.lake.log.DeltaTables;
import io.tributary.schema.EventSchema;
import io.tributary.schema.Lake;
import io.tributary.schema.RollupMeasures;
import io.tributary.schema.TableDefinition;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Brings one rollup up to the version that the merged table has now. */
final class RollupUpdater {

    private final SparkSession spark;
    private final PipelineConfig config;
    private final Lake lake;
    private final MergedCommits commits;
    private final long mergedVersion;

    /** @param commits shared by all rollups of a run, since they mostly take in the same ones */
    RollupUpdater(SparkSession spark, PipelineConfig config, Lake lake, MergedCommits commits) {
        this.spark = spark;
        this.config = config;
        this.lake = lake;
        this.commits = commits;
        this.mergedVersion = new CommitLog(lake.merged(), spark.sessionState().newHadoopConf()).newestVersion();
    }

    RollupOutcome run(RollupConfig rollup) {
        TableDefinition definition = TableDefinition.rollup(lake, rollup, config.columns());
        RollupTable target = new RollupTable(spark, definition);
        String words = rollup.definition() + " as " + definition.schema().catalogString();
        RollupPlan plan = RollupPlan.decide(
                target.newest(),
                words,
                mergedVersion,
                target.newest()
                        .map(metadata -> commits.between(metadata.mergedVersion(), mergedVersion))
                        .orElse(List.of()),
                commits::exists);
        RollupMeasures measures = new RollupMeasures(rollup, definition.schema());
        try {
            if (plan instanceof RollupPlan.Whole whole) {
                return whole(rollup, words, whole, target, measures);
            }
            return plan instanceof RollupPlan.Part part
                    ? part(rollup, words, part, target, measures)
                    : new RollupOutcome.UpToDate(rollup.name());
        } catch (Exception e) { // Spark throws checked exceptions that its Java signatures do not declare.
            throw explained(rollup, e);
        }
    }

    private RollupOutcome whole(
            RollupConfig rollup, String words, RollupPlan.Whole plan, RollupTable target, RollupMeasures measures) {
        Dataset<Row> merged = merged();
        RollupMetadata metadata = new RollupMetadata(
                target.nextSequence(), words, 0, MergeWatermark.read(merged).merge(), mergedVersion);
        Dataset<Row> rows =
                measures.ofEvents(merged.where(col(Columns.EVENT_DATE).isNotNull()));
        return outcome(target.replaceAll(rows, metadata), rollup, metadata, "computed as a whole, since " + plan.why());
    }

    private RollupOutcome part(
            RollupConfig rollup, String words, RollupPlan.Part plan, RollupTable target, RollupMeasures measures) {
        RollupMetadata before = target.newest().orElseThrow();
        RollupMetadata metadata =
                new RollupMetadata(target.nextSequence(), words, before.merge(), plan.merge(), mergedVersion);
        Dataset<Row> parts = target.rows(plan.added());
        if (!plan.files().isEmpty()) {
            parts = parts.unionByName(measures.ofEvents(events(plan.files())));
        }
        if (!plan.recomputed().isEmpty()) {
            parts = parts.unionByName(measures.ofEvents(merged().where(isIn(plan.recomputed()))));
        }
        return outcome(
                target.replace(plan.touched(), measures.together(parts), metadata),
                rollup,
                metadata,
                "files=" + plan.files().size() + " dates=" + plan.touched().size() + " recomputed_dates="
                        + plan.recomputed().size());
    }

    private static RollupOutcome outcome(boolean committed, RollupConfig rollup, RollupMetadata metadata, String how) {
        return committed
                ? new RollupOutcome.Updated(rollup.name(), metadata, how)
                : new RollupOutcome.CommitConflict(rollup.name());
    }

    /** The events of these files, which may have been packed into others since. */
    private Dataset<Row> events(List<AddedFile> files) {
        // The partition's column is not in the files, and a rollup takes it from the event time.
        StructType schema = new StructType(
                Arrays.stream(EventSchema.eventWithLineage(config.columns()).fields())
                        .filter(field -> !field.name().equals(Columns.EVENT_DATE))
                        .toArray(StructField[]::new));
        return spark.read()
                .schema(schema)
                .parquet(files.stream()
                        .map(file -> commits.path(file).toString())
                        .toArray(String[]::new));
    }

    private Dataset<Row> merged() {
        return DeltaTables.at(spark, lake.merged(), mergedVersion);
    }

    private static Column isIn(SortedSet<LocalDate> dates) {
        return col(Columns.EVENT_DATE).isInCollection(dates);
    }

    private static RuntimeException explained(RollupConfig rollup, Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (String.valueOf(cause.getMessage()).contains(RollupMeasures.OVERFLOW)) {
                return new OperatorActionException(
                        "The rollup " + rollup.name() + " stands still: " + cause.getMessage()
                                + ". Find the events with the absurd values, or take the measure out of the rollup.",
                        failure);
            }
        }
        return failure instanceof RuntimeException unchecked
                ? unchecked
                : new IllegalStateException(
                        "The rollup " + rollup.name() + " could not be brought up to date", failure);
    }
}
