package io.tributary.compaction.merge;

import static org.apache.spark.sql.functions.col;

import io.tributary.columns.Columns;
import io.tributary.compaction.fill.FillPlan;
import io.tributary.compaction.fill.StagedColumns;
import io.tributary.config.PipelineConfig;
import io.tributary.lake.MergeWatermark;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.commit.CommitLog.Newest;
import io.tributary.lake.commit.IdempotentCommit;
import io.tributary.lake.commit.IdempotentCommit.Write;
import io.tributary.lake.commit.MergeMetadata;
import io.tributary.lake.erasure.ErasedEvents;
import io.tributary.lake.erasure.ErasureRequests;
import io.tributary.lake.fill.ColumnFills;
import io.tributary.lake.log.DeltaTables;
import io.tributary.lake.log.TimeSpan;
import io.tributary.runtime.HadoopFiles;
import io.tributary.schema.Lake;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/** Moves what is staged above the merge watermark into the merged table, in one commit with the new merge watermark. */
public final class Merger {

    /** A task writes a file for each date that it has rows of. */
    private static final long ROWS_PER_TASK = 100_000;

    private static final Column[] ORDER = {col(Columns.EVENT_DATE), col(Columns.EVENT_TIME)};

    private final SparkSession spark;
    private final Lake lake;
    private final StagedRows updates;
    private final MergedRows target;
    private final LateRowDeduplicator lateRowDeduplicator;
    private final Duration tolerance;
    private final CommitLog stagingLog;
    private final CommitLog mergedLog;
    private final LifetimeTotals totals;
    private final IdempotentCommit commit;
    private final ErasureRequests erasures;
    private final ColumnFills fills;
    private final PipelineConfig config;

    public Merger(SparkSession spark, PipelineConfig config, Lake lake) {
        this(spark, config, lake, new HadoopFiles(spark.sessionState().newHadoopConf()));
    }

    private Merger(SparkSession spark, PipelineConfig config, Lake lake, HadoopFiles files) {
        this(spark, config, lake, new ErasureRequests(lake.erasures(), files), new ColumnFills(lake, files));
    }

    /**
     * @param erasures of the lake, whose events it leaves out
     * @param fills of the lake, whose columns it fills where a batch did not know them as they are now
     */
    public Merger(SparkSession spark, PipelineConfig config, Lake lake, ErasureRequests erasures, ColumnFills fills) {
        this.spark = spark;
        this.config = config;
        this.fills = fills;
        this.lake = lake;
        this.updates = new StagedRows(spark, lake.staging());
        this.target = new MergedRows(spark, lake.merged());
        this.tolerance = config.dedup().timeTolerance();
        this.lateRowDeduplicator = new LateRowDeduplicator(config.dedup());
        this.stagingLog = new CommitLog(lake.staging(), spark.sessionState().newHadoopConf());
        this.mergedLog = new CommitLog(lake.merged(), spark.sessionState().newHadoopConf());
        this.totals = new LifetimeTotals(lake.merged(), spark.sessionState().newHadoopConf(), this::merged);
        this.commit = new IdempotentCommit(spark, lake.merged(), MergeMetadata.APP_ID);
        this.erasures = erasures;
    }

    /** Plans and runs one merge. */
    public MergeOutcome run() {
        long mergedVersion = mergedLog.newestVersion();
        Optional<Newest<MergeMetadata>> last = mergedLog.findNewest(MergeMetadata.class, mergedVersion);
        long stagingVersion = stagingLog.newestVersion();
        Optional<MergePlan> plan = MergePlan.decide(
                last.flatMap(Newest::ifNotRestored).filter(this::isInStaging).map(MergeMetadata::stagingVersion),
                stagingVersion,
                stagingLog.newest(BatchMetadata.class, stagingVersion),
                mergedVersion,
                MergeWatermark.at(last, () -> merged(mergedVersion)),
                // Merges that a RESTORE undid have used their numbers up.
                last.map(merge -> merge.metadata().merge()).orElse(0L));
        // After the newest merge, so that no merge knows fewer erasures than the one before it.
        ErasedEvents erased = erasures.erased();
        FillPlan filling = FillPlan.of(fills.all(), config);
        return plan.isPresent()
                ? run(plan.get(), erased, erased.newest() > 0 && erased.newest() > knownToMerged(last), filling)
                : new MergeOutcome.NoNewData();
    }

    /**
     * Number of the newest erasure that the last batch knew which an earlier merge took. The batches after it know at least
     * as many, and hold none of their events.
     */
    private long knownToMerged(Optional<Newest<MergeMetadata>> last) {
        return last.flatMap(Newest::ifNotRestored)
                .filter(this::isInStaging)
                .flatMap(merge -> stagingLog.findNewest(BatchMetadata.class, merge.stagingVersion()))
                .map(batch -> batch.metadata().erasures())
                .orElse(0L);
    }

    /** Whether the staging table is the one that a merge read: one made anew would count its versions from the beginning. */
    private boolean isInStaging(MergeMetadata merge) {
        return stagingLog
                .findNewest(BatchMetadata.class, merge.stagingVersion())
                .map(Newest::metadata)
                .filter(batch -> batch.committedAt() == merge.watermark())
                .isPresent();
    }

    private Dataset<Row> merged(long version) {
        return DeltaTables.at(spark, lake.merged(), version);
    }

    private MergeOutcome run(MergePlan plan, ErasedEvents events, boolean mayHoldErased, FillPlan filling) {
        // Read as often as they are needed, since keeping them costs more.
        Dataset<Row> staged = filling.isEmpty() ? updates.of(plan) : filling.apply(updates.of(plan), columns(plan));
        ErasedRows erased = mayHoldErased ? ErasedRows.of(staged, events) : ErasedRows.none(events);
        Dataset<Row> rows = erased.byDataCenter().isEmpty() ? staged : ErasedRows.without(staged, events);
        MergeStats stats = MergeStats.of(rows);
        SortedMap<LocalDate, TimeSpan> lateSpans = stats.late(tolerance);
        // Whatever files they came in, they span little more than the dedup window.
        Dataset<Row> onTime = lateRowDeduplicator.onTime(rows).coalesce(tasks(stats.rows(true)));
        if (lateSpans.isEmpty()) {
            return commit(plan, stats.metadata(plan, MergeStats.NOTHING, erased).withFills(filling.numbers()), onTime);
        }
        Dataset<Row> late = lateRowDeduplicator
                .late(rows, stats.rows(false), lateSpans, target.within(lateSpans))
                .persist(StorageLevel.MEMORY_AND_DISK());
        try {
            MergeStats firsts = MergeStats.of(late, col(FirstOccurrences.CONFLICT));
            // In files of their own: late rows span far, and would make every file of a date span all of it.
            Dataset<Row> all = onTime.unionByName(clustered(late.drop(FirstOccurrences.CONFLICT), firsts.rows(false)));
            return commit(plan, stats.metadata(plan, firsts, erased).withFills(filling.numbers()), all);
        } finally {
            late.unpersist();
        }
    }

    private StagedColumns columns(MergePlan plan) {
        return StagedColumns.read(
                stagingLog, plan.stagingVersion(), plan.before().committedAt());
    }

    private MergeOutcome commit(MergePlan plan, MergeMetadata counted, Dataset<Row> fresh) {
        MergeMetadata metadata = counted.withLifetime(
                totals.at(plan.mergedVersion()).plusMerged(counted.total().merged()));
        Dataset<Row> withWatermark = fresh.unionByName(watermarkRow(plan.after(), fresh.schema()));
        IdempotentCommit.Outcome outcome = commit.write(
                Write.append(withWatermark.sortWithinPartitions(ORDER)),
                new IdempotentCommit.Claim(plan.mergedVersion(), plan.after().merge()),
                metadata);
        return outcome instanceof IdempotentCommit.Committed
                ? new MergeOutcome.Merged(metadata)
                : new MergeOutcome.CommitConflict();
    }

    private Dataset<Row> watermarkRow(MergeWatermark watermark, StructType schema) {
        Object[] values = new Object[schema.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = watermark.valueOf(schema.fieldNames()[i]);
        }
        return spark.createDataFrame(List.of(RowFactory.create(values)), schema);
    }

    private static int tasks(long rows) {
        return (int) (rows / ROWS_PER_TASK) + 1;
    }

    /** Near in event time together: a backfill may be of many dates. */
    private static Dataset<Row> clustered(Dataset<Row> late, long rows) {
        return tasks(rows) == 1 ? late.coalesce(1) : late.repartitionByRange(tasks(rows), ORDER);
    }
}
