package io.tributary.compaction;

import io.delta.tables.DeltaTable;
import io.tributary.compaction.catalog.Catalog;
import io.tributary.compaction.catalog.CatalogSync;
import io.tributary.compaction.catalog.LakeCatalogTargets;
import io.tributary.compaction.catalog.glue.GlueCatalog;
import io.tributary.compaction.maintenance.MaintenanceTasks;
import io.tributary.compaction.maintenance.TableMaintenance;
import io.tributary.compaction.merge.MergeOutcome;
import io.tributary.compaction.merge.Merger;
import io.tributary.compaction.rollup.Rollups;
import io.tributary.config.CatalogType;
import io.tributary.config.PipelineConfig;
import io.tributary.job.JobContext;
import io.tributary.lake.LakeTables;
import io.tributary.lake.MergeWatermark;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.commit.MergeCommit;
import io.tributary.lake.log.DeltaTables;
import io.tributary.metrics.Metrics;
import io.tributary.runtime.JobExit;
import io.tributary.runtime.JobRuntime;
import io.tributary.runtime.StepRunner;
import io.tributary.schema.Lake;
import io.tributary.schema.TableDefinition;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The merge job.
 *
 * <pre>
 *  events_staging ──► rows above the merge watermark ─┬─ on_time: first copies ──────────────────────┐
 *  (one version)                             └─ late: one of each identity,                 ├─► one commit:
 *                                               none that is on time or merged already ─────┘   rows by event_date
 *                                                      ▲                                        + the new merge watermark
 *                                                      └── events_merged, the touched dates     + the metadata
 *
 *  then:   rollups take in the rows that merges added, and the catalog shows the tables and the views as they are now
 *  beside: maintenance writes small and scattered files anew, and takes away what has had its time
 * </pre>
 *
 * <p><b>Delivery.</b> Rows and merge watermark are one commit, so a merge that dies leaves nothing, a merge that runs twice finds
 * nothing new, and of two at once one wins and the other is told. Every event ends up in the merged table once; what was
 * left out as a repeat is counted in the metadata. The cost follows the new rows: rows on time need no look at the
 * table, late ones look only at the event times that they touch.
 *
 * <p>Maintenance never holds up a merge: while it lasts, a run goes on merging.
 *
 * <p>Each step is tried whatever became of the others, and the run waits for maintenance; then it ends with all that failed. A
 * rollup or a catalog that fails undoes nothing, and the next run brings it up to date.
 */
public final class MergeJob {

    private static final Logger LOG = LoggerFactory.getLogger(MergeJob.class);
    private static final int MAX_FAILURES_IN_A_ROW = 5;
    private static final Duration PAUSE_DURING_MAINTENANCE = Duration.ofSeconds(20);

    private static final String MERGE_STEP = "the merge";
    private static final String MAINTENANCE_STEP = "maintenance";

    private final SparkSession spark;
    private final Clock clock;
    private final PipelineConfig config;
    private final Lake lake;
    private final Metrics metrics;
    private final BackgroundTask maintenance = new BackgroundTask("maintenance");
    private boolean tablesAreThere;

    public MergeJob(JobRuntime runtime, PipelineConfig config, Lake lake) {
        this(runtime, config, lake, Metrics.NONE);
    }

    public MergeJob(JobRuntime runtime, PipelineConfig config, Lake lake, Metrics metrics) {
        this.spark = runtime.spark();
        this.clock = runtime.clock();
        this.config = config;
        this.lake = lake;
        this.metrics = metrics;
    }

    public static void main(String[] arguments) throws Exception {
        JobExit.end("merge", () -> run(MergeArguments.parse(arguments)), System::exit);
    }

    private static void run(MergeArguments arguments) throws Exception {
        JobContext context = JobContext.read(arguments.job());
        context.run("tributary-merge", (runtime, metrics) -> {
            MergeJob job = new MergeJob(runtime, context.config(), context.lake(), metrics);
            if (arguments.repeat().isPresent()) {
                job.repeat(arguments.repeat().get());
            } else {
                job.run();
            }
        });
    }

    /**
     * One run: merges what is new, brings the rollups up to date, registers what is there now, and ends when the maintenance
     * that became due is done. Each of these is tried whatever became of the others.
     *
     * @throws RuntimeException with all that failed, once everything was tried
     */
    public MergeOutcome run() {
        StepRunner steps = new StepRunner("merge");
        Optional<MergeOutcome> outcome = round(steps);
        try {
            while (!maintenance.hasEndedWithin(PAUSE_DURING_MAINTENANCE)) {
                round(steps);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for maintenance", e);
        }
        steps.attempt(MAINTENANCE_STEP, maintenance::throwIfFailed);
        steps.throwIfAnyFailed();
        return outcome.orElseThrow();
    }

    /** All steps once; empty if the merge failed. */
    private Optional<MergeOutcome> round(StepRunner steps) {
        Instant begin = clock.instant();
        AtomicReference<MergeOutcome> outcome = new AtomicReference<>();
        steps.attempt(MERGE_STEP, () -> {
            ensureTables();
            publishAFallenCursor(steps);
            outcome.set(new Merger(spark, config, lake).run());
            LOG.info("merge: {}", outcome.get().describe());
        });
        if (!tablesAreThere) {
            return Optional.empty();
        }
        if (outcome.get() instanceof MergeOutcome.Merged merged) {
            beginMaintenance(merged.metadata());
        }
        new Rollups(spark, config, lake).run(steps);
        Instant end = clock.instant();
        publish(steps);
        steps.attempt("the metrics", () -> publishMetrics(Optional.ofNullable(outcome.get()), begin, end, steps));
        return Optional.ofNullable(outcome.get());
    }

    /** Without them, or with columns of other types, nothing else would be right. */
    private void ensureTables() {
        if (!tablesAreThere) {
            new LakeTables(spark).ensure(lake, config.columns());
            tablesAreThere = true;
        }
    }

    private void publishMetrics(Optional<MergeOutcome> outcome, Instant begin, Instant end, StepRunner steps) {
        metrics.publish(end, MergeMetrics.ofSteps(steps));
        if (outcome.isPresent()) {
            long files = DeltaTables.fileCount(spark, lake.merged());
            metrics.publish(end, MergeMetrics.of(outcome.get(), begin, end, files));
        }
    }

    private void beginMaintenance(MergeCommit merge) {
        MaintenanceTasks tasks = MaintenanceTasks.after(merge, config.merge());
        if (!tasks.isEmpty()) {
            maintenance.begin(() -> new TableMaintenance(spark, config, lake).run(tasks, MergeWatermark.of(merge)));
        }
    }

    /**
     * A RESTORE of the merged table takes the merge watermark back while the published view still has the former one as its bound.
     * Until it is renewed, on-time events that arrived between the two are missing there, so that comes before merging.
     */
    private void publishAFallenCursor(StepRunner steps) {
        CommitLog log = new CommitLog(lake.merged(), spark.sessionState().newHadoopConf());
        boolean isRestored = log.findNewest(MergeCommit.class, log.newestVersion())
                .filter(CommitLog.Newest::isRestored)
                .isPresent();
        if (isRestored) {
            LOG.warn(
                    "merge: {} was put back to an earlier version; the views are brought up to date first",
                    lake.names().merged());
            publish(steps);
        }
    }

    private void publish(StepRunner steps) {
        if (config.catalog().type() == CatalogType.GLUE) {
            steps.attemptAtGrowingIntervals("the catalog", this::publish);
        }
    }

    private void publish() {
        List<TableDefinition> tables = new ArrayList<>(TableDefinition.all(lake, config.columns()));
        // A rollup that could not be made is a failure of its own and not there to be registered.
        TableDefinition.rollups(lake, config).stream()
                .filter(rollup -> DeltaTable.isDeltaTable(spark, rollup.path()))
                .forEach(tables::add);
        try (Catalog catalog = GlueCatalog.open(config.catalog())) {
            CatalogSync catalogSync = new CatalogSync(catalog, new LakeCatalogTargets(spark, config, lake, tables));
            LOG.info("merge: {}", catalogSync.publish());
        }
    }

    /**
     * Merges time and again until the process is ended. A merge that fails is tried again a few times, whatever it fails
     * with; the other steps go on failing without ending it, since merging matters more.
     */
    void repeat(Duration pause) throws InterruptedException {
        StepRunner steps = new StepRunner("merge");
        while (steps.failuresInARow(MERGE_STEP) < MAX_FAILURES_IN_A_ROW) {
            round(steps);
            steps.attempt(MAINTENANCE_STEP, maintenance::throwIfFailed);
            if (spark.sparkContext().isStopped()) {
                LOG.info("merge: stopped; what was not committed is done by the next run");
                return;
            }
            Thread.sleep(pause.toMillis());
        }
        while (!maintenance.hasEndedWithin(PAUSE_DURING_MAINTENANCE)) {
            LOG.info("merge: ends when maintenance is done");
        }
        steps.throwIfAnyFailed();
    }
}
