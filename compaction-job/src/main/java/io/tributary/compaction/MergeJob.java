package io.tributary.compaction;

import io.delta.tables.DeltaTable;
import io.tributary.compaction.catalog.Catalog;
import io.tributary.compaction.catalog.CatalogSync;
import io.tributary.compaction.catalog.LakeCatalogTargets;
import io.tributary.compaction.catalog.glue.GlueCatalog;
import io.tributary.compaction.erasure.Erasures;
import io.tributary.compaction.fill.ColumnFill;
import io.tributary.compaction.maintenance.TableMaintenance;
import io.tributary.compaction.merge.MergeOutcome;
import io.tributary.compaction.merge.Merger;
import io.tributary.compaction.rollup.Rollups;
import io.tributary.config.CatalogType;
import io.tributary.config.PipelineConfig;
import io.tributary.job.JobContext;
import io.tributary.lake.LakeTables;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.commit.MergeMetadata;
import io.tributary.lake.erasure.ErasureRequests;
import io.tributary.lake.fill.ColumnFills;
import io.tributary.lake.log.DeltaTables;
import io.tributary.metrics.Metrics;
import io.tributary.operations.status.page.StatusPage;
import io.tributary.runtime.HadoopFiles;
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
 *  events_staging ──► rows above the  ─┬─ on_time: first copies ────────────────────┐
 *  (one version)      merge watermark  └─ late: one copy of each event,             ├─► one commit: rows by
 *                                         unless it is on time or merged already ───┘   event_date, new merge
 *                                            ▲                                          watermark, metadata
 *                                            └── events_merged, the touched event times
 *
 *  then:        erased events are removed; rollups take in what changed; the catalog is synchronized
 *  background:  maintenance compacts small files and deletes expired rows and files; columns that were ordered to be
 *               filled are filled, event date by event date; the status page is written
 * </pre>
 *
 * <p><b>Delivery.</b> Rows and merge watermark are one commit. So a merge that dies leaves nothing, a merge that runs
 * twice finds nothing new, and of two concurrent merges one commits and the other gets a conflict. Every event is in
 * the merged table once. Rows that were dropped as duplicates are counted in the commit metadata. The cost follows the
 * new rows: on-time rows need no lookup in the table, late rows only in the event times that they touch.
 *
 * <p>Maintenance never delays a merge: while it runs in the background, the run goes on merging.
 *
 * <p>Each step is tried whatever became of the others, and the run waits for maintenance. Then it ends with everything
 * that failed. A failed rollup or catalog sync undoes nothing, and the next run repeats it.
 */
public final class MergeJob {

    private static final Logger LOG = LoggerFactory.getLogger(MergeJob.class);
    private static final int MAX_FAILURES_IN_A_ROW = 5;
    private static final Duration FILL_OF_A_RUN = Duration.ofMinutes(10);
    private static final Duration PAUSE_DURING_MAINTENANCE = Duration.ofSeconds(20);

    private static final String MERGE_STEP = "the merge";
    private static final String ERASURES_STEP = "erasures";
    private static final String MAINTENANCE_STEP = "maintenance";
    private static final String METRICS_STEP = "the metrics";

    private final SparkSession spark;
    private final Clock clock;
    private final PipelineConfig config;
    private final Lake lake;
    private final Metrics metrics;
    private final Optional<PageWriter> page;
    private final ErasureRequests erasures;
    private final ColumnFills fills;
    private final ColumnFill columnFill;
    private final BackgroundTask maintenance = new BackgroundTask("maintenance");
    private final DueMaintenance dueMaintenance;
    private boolean tablesAreThere;

    /** Number of the newest fill whose columns the views do not show, as they were last published. */
    private long hiddenFills;

    public MergeJob(JobRuntime runtime, PipelineConfig config, Lake lake) {
        this(runtime, config, lake, Metrics.NONE);
    }

    public MergeJob(JobRuntime runtime, PipelineConfig config, Lake lake, Metrics metrics) {
        this(runtime, config, lake, metrics, Optional.empty());
    }

    private MergeJob(JobRuntime runtime, PipelineConfig config, Lake lake, Metrics metrics, Optional<PageWriter> page) {
        this.spark = runtime.spark();
        this.clock = runtime.clock();
        this.config = config;
        this.lake = lake;
        this.metrics = metrics;
        this.page = page;
        HadoopFiles files = new HadoopFiles(spark.sessionState().newHadoopConf());
        this.erasures = new ErasureRequests(lake.erasures(), files);
        this.fills = new ColumnFills(lake, files);
        this.dueMaintenance = new DueMaintenance(
                maintenance, (tasks, upTo) -> new TableMaintenance(spark, config, lake).run(tasks, upTo));
        this.columnFill = new ColumnFill(spark, config, lake, fills, clock);
    }

    /** A job that writes the status page as well. */
    static MergeJob withPage(JobRuntime runtime, PipelineConfig config, Lake lake, Metrics metrics) {
        SparkSession spark = runtime.spark();
        StatusPage page = new StatusPage(spark, lake, spark.sessionState().newHadoopConf(), runtime.clock());
        return new MergeJob(runtime, config, lake, metrics, Optional.of(new PageWriter(page)));
    }

    public static void main(String[] arguments) throws Exception {
        JobExit.end("merge", () -> run(MergeArguments.parse(arguments)), System::exit);
    }

    private static void run(MergeArguments arguments) throws Exception {
        JobContext context = JobContext.read(arguments.job());
        context.run("tributary-merge", (runtime, metrics) -> {
            MergeJob job = withPage(runtime, context.config(), context.lake(), metrics);
            if (arguments.repeat().isPresent()) {
                job.repeat(arguments.repeat().get());
            } else {
                job.run();
            }
        });
    }

    /**
     * One run: merges what is new, removes erased events, updates the rollups, synchronizes the catalog, and waits for the maintenance that
     * became due. Each step is tried whatever became of the others.
     *
     * @throws RuntimeException with everything that failed, after all steps were tried
     */
    public MergeOutcome run() {
        StepRunner steps = new StepRunner("merge");
        Optional<MergeOutcome> outcome = round(steps);
        try {
            maintain(steps);
            beginFill();
            mergeUntilMaintenanceEnds(steps);
            maintain(steps);
            if (page.isPresent()) {
                page.get().await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for maintenance or the status page", e);
        }
        steps.attempt(MAINTENANCE_STEP, maintenance::throwIfFailed);
        // Maintenance ends after the last round has published.
        steps.attempt(METRICS_STEP, () -> metrics.publish(clock.instant(), MergeMetrics.ofSteps(steps)));
        steps.throwIfAnyFailed();
        return outcome.orElseThrow();
    }

    private void maintain(StepRunner steps) throws InterruptedException {
        if (dueMaintenance.begin()) {
            mergeUntilMaintenanceEnds(steps);
        }
    }

    private void mergeUntilMaintenanceEnds(StepRunner steps) throws InterruptedException {
        boolean wasRunning = maintenance.isRunning();
        while (!maintenance.hasEndedWithin(PAUSE_DURING_MAINTENANCE)) {
            round(steps);
        }
        if (wasRunning && hiddenFills > 0) {
            publish(steps);
        }
    }

    /** Only a part of what is due, so that a run ends. */
    private void beginFill() {
        long hidden = hiddenFills;
        if (tablesAreThere && !maintenance.isRunning() && columnFill.isDue(hidden)) {
            maintenance.begin(() -> columnFill.run(hidden, FILL_OF_A_RUN));
        }
    }

    /** Runs all steps once; empty if the merge failed. */
    private Optional<MergeOutcome> round(StepRunner steps) {
        Instant begin = clock.instant();
        AtomicReference<MergeOutcome> outcome = new AtomicReference<>();
        steps.attempt(MERGE_STEP, () -> {
            ensureTables();
            publishIfRestored(steps);
            outcome.set(new Merger(spark, config, lake, erasures, fills).run());
            LOG.info("merge: {}", outcome.get().describe());
        });
        if (!tablesAreThere) {
            return Optional.empty();
        }
        if (outcome.get() instanceof MergeOutcome.Merged merged) {
            dueMaintenance.addAfter(merged.metadata(), config.merge());
        }
        steps.attempt(ERASURES_STEP, () -> new Erasures(spark, config, lake, erasures).run());
        steps.attempt("fills of columns", () -> new Rollups(spark, config, lake).run(steps, fills.beingFilled()));
        Instant end = clock.instant();
        publish(steps);
        steps.attempt(METRICS_STEP, () -> publishMetrics(Optional.ofNullable(outcome.get()), begin, end, steps));
        page.ifPresent(PageWriter::begin);
        return Optional.ofNullable(outcome.get());
    }

    /** Creates and checks the tables, without which no other step could work. */
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

    /**
     * A RESTORE of the merged table sets the merge watermark back, while the view in the catalog still has the former
     * one as its bound. Until the view is updated, it misses the on-time events between the two. So the view is updated
     * before merging.
     */
    private void publishIfRestored(StepRunner steps) {
        CommitLog log = new CommitLog(lake.merged(), spark.sessionState().newHadoopConf());
        boolean isRestored = log.findNewest(MergeMetadata.class, log.newestVersion())
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
            steps.attemptAtGrowingIntervals("the catalog", () -> {
                long known = fills.all().size();
                publish();
                hiddenFills = known;
            });
        } else {
            steps.attempt("fills of columns", () -> hiddenFills = fills.all().size());
        }
    }

    private void publish() {
        List<TableDefinition> tables = new ArrayList<>(TableDefinition.all(lake, config.columns()));
        // A rollup that could not be created has failed by itself and is not registered.
        TableDefinition.rollups(lake, config).stream()
                .filter(rollup -> DeltaTable.isDeltaTable(spark, rollup.path()))
                .forEach(tables::add);
        try (Catalog catalog = GlueCatalog.open(config.catalog())) {
            CatalogSync catalogSync =
                    new CatalogSync(catalog, new LakeCatalogTargets(spark, clock, config, lake, tables));
            LOG.info("merge: {}", catalogSync.publish());
        }
    }

    /**
     * Merges repeatedly until the process ends. A failed merge is retried a few times, whatever the cause. Failures of
     * other steps never end the job, since merging matters more.
     */
    void repeat(Duration pause) throws InterruptedException {
        StepRunner steps = new StepRunner("merge");
        while (steps.failuresInARow(MERGE_STEP) < MAX_FAILURES_IN_A_ROW) {
            round(steps);
            dueMaintenance.begin();
            beginFill();
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
        steps.attempt(MAINTENANCE_STEP, maintenance::throwIfFailed);
        steps.throwIfAnyFailed();
    }
}
