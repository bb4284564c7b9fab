package io.tributary.compaction.maintenance;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.delta.exceptions.DeltaConcurrentModificationException;
import io.delta.tables.DeltaTable;
import io.tributary.columns.Columns;
import io.tributary.config.PipelineConfig;
import io.tributary.lake.MergeWatermark;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.log.DeltaTables;
import io.tributary.runtime.StepRunner;
import io.tributary.schema.ArrivalHour;
import io.tributary.schema.Lake;
import io.tributary.schema.TableDefinition;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the maintenance tasks of one lake.
 *
 * <pre>
 *  events_merged      crowded dates compacted; closed dates sorted, once; rows of old merge watermarks deleted
 *  events_staging     completely merged hours compacted, and deleted after their retention
 *  events_quarantine  days compacted
 *  both               dates deleted that retention.events and retention.quarantine let go
 *  all, and rollups   files deleted that no version within the retention lists (VACUUM)
 * </pre>
 *
 * <p>What is merged is known from the merge watermark and never from a clock. So nothing that a merge still has to read
 * is touched, and a lake whose stream is stopped loses nothing. If another writer has replaced the same files, the task
 * is put off.
 */
public final class TableMaintenance {

    private static final Logger LOG = LoggerFactory.getLogger(TableMaintenance.class);

    /** A date is closed so many dedup windows after its end, since on-time events arrive within one window. */
    private static final int CLOSED_AFTER_WINDOWS = 2;

    /** About how many files of target size one commit rewrites, so that a failed commit costs no more. */
    private static final long FILES_IN_A_COMMIT = 16;

    private final SparkSession spark;
    private final PipelineConfig config;
    private final Lake lake;
    private final BinPackPlanner planner;

    public TableMaintenance(SparkSession spark, PipelineConfig config, Lake lake) {
        // VACUUM runs in a session of its own, since it needs settings that nothing else should have.
        this.spark = spark.newSession();
        this.spark.conf().set("spark.databricks.delta.retentionDurationCheck.enabled", "false");
        // Delta 4.2 would ignore the given retention and use its own week.
        this.spark.conf().set("spark.databricks.delta.vacuum.retentionWindowIgnore.enabled", "false");
        // The two commits that Delta writes for each VACUUM have no use.
        this.spark.conf().set("spark.databricks.delta.vacuum.logging.enabled", "false");
        this.spark.conf().set("spark.databricks.delta.vacuum.parallelDelete.enabled", "true");
        this.config = config;
        this.lake = lake;
        this.planner = new BinPackPlanner(config.merge(), config.dedup().window());
    }

    /**
     * Tries every task, whatever becomes of the others.
     *
     * @param watermark how far the merge has come
     * @throws RuntimeException with everything that failed, after all tasks were tried
     */
    public void run(MaintenanceTasks tasks, MergeWatermark watermark) {
        SparkSession.setActiveSession(spark);
        spark.sparkContext().setLocalProperty("spark.scheduler.pool", "maintenance");
        StepRunner steps = new StepRunner("maintenance");
        if (tasks.crowded() || tasks.hourly()) {
            task(steps, "old merge watermarks", this::dropOldWatermarks);
            task(steps, "files of " + lake.names().merged(), () -> merged(steps, tasks, watermark));
        }
        if (tasks.hourly()) {
            task(steps, "files of " + lake.names().staging(), () -> staging(steps, watermark));
            task(steps, "files of " + lake.names().quarantine(), () -> quarantine(steps, watermark));
            task(steps, "expired hours", () -> expire(watermark));
        }
        if (tasks.daily()) {
            ExpiredDates expired = new ExpiredDates(spark, config, lake, watermark);
            task(steps, "expired event dates", expired::dropEvents);
            task(steps, "expired dates of the quarantine", expired::dropRejected);
            task(
                    steps,
                    "copies of replayed records",
                    new ReplayCopyCleanup(lake, spark.sessionState().newHadoopConf(), watermark)::deleteDone);
            Stream.concat(
                            TableDefinition.all(lake, config.columns()).stream(),
                            TableDefinition.rollups(lake, config).stream())
                    .forEach(table -> task(steps, "VACUUM of " + table.name(), () -> vacuum(table, watermark)));
        }
        steps.throwIfAnyFailed();
    }

    /** A conflict with another writer is not a failure. */
    private static void task(StepRunner steps, String name, Runnable work) {
        steps.attempt(name, () -> {
            try {
                work.run();
            } catch (DeltaConcurrentModificationException e) {
                putOff(name, e);
            }
        });
    }

    private static void putOff(String name, DeltaConcurrentModificationException e) {
        LOG.info("maintenance: {} put off, another writer was in the way: {}", name, e.getMessage());
    }

    private void merged(StepRunner steps, MaintenanceTasks tasks, MergeWatermark watermark) {
        TableDefinition table = TableDefinition.merged(lake, config.columns());
        FileRewriter rewriter = new FileRewriter(spark, table, Columns.EVENT_TIME);
        List<DataFile> events = rewriter.files().stream()
                .filter(file -> file.value(Columns.EVENT_DATE).isPresent())
                .toList();
        rewrite(steps, rewriter, table, planner.crowded(events));
        if (tasks.hourly()) {
            Duration closedAfter = config.dedup().window().multipliedBy(CLOSED_AFTER_WINDOWS);
            LocalDate overBefore = LocalDate.ofInstant(watermark.committedAt().minus(closedAfter), ZoneOffset.UTC);
            rewrite(steps, rewriter, table, planner.settled(rewriter.files(), overBefore));
        }
    }

    private void staging(StepRunner steps, MergeWatermark watermark) {
        TableDefinition table = TableDefinition.staging(lake, config.columns());
        FileRewriter rewriter = new FileRewriter(spark, table, Columns.EVENT_TIME);
        rewrite(steps, rewriter, table, planner.ended(rewriter.files(), isBefore(watermark.committedAt())));
    }

    private static Predicate<DataFile> isBefore(Instant moment) {
        ArrivalHour hour = ArrivalHour.of(moment);
        return file -> ArrivalHour.parse(
                        file.value(Columns.ARRIVAL_DATE).orElse(""),
                        file.value(Columns.ARRIVAL_HOUR).orElse(""))
                .filter(own -> own.compareTo(hour) < 0)
                .isPresent();
    }

    private void quarantine(StepRunner steps, MergeWatermark watermark) {
        TableDefinition table = TableDefinition.quarantine(lake);
        FileRewriter rewriter = new FileRewriter(spark, table, Columns.ARRIVED_AT);
        LocalDate today = ArrivalHour.of(watermark.committedAt()).date();
        Predicate<DataFile> hasEnded = file -> file.value(Columns.ARRIVAL_DATE)
                .filter(date -> LocalDate.parse(date).isBefore(today))
                .isPresent();
        List<DataFile> files = rewriter.files();
        List<FileGroup> groups = new ArrayList<>(planner.ended(files, hasEnded));
        groups.addAll(planner.crowded(files.stream().filter(hasEnded.negate()).toList()));
        rewrite(steps, rewriter, table, groups);
    }

    private void dropOldWatermarks() {
        DeltaTable merged = DeltaTable.forPath(spark, lake.merged());
        Column isWatermark = col(Columns.EVENT_DATE).isNull();
        if (merged.toDF().where(isWatermark).inputFiles().length
                >= config.merge().compactAfterFiles()) {
            MergeWatermark watermark = MergeWatermark.read(merged.toDF());
            merged.delete(isWatermark.and(col(Columns.ARRIVED_AT).lt(lit(watermark.committedAt()))));
        }
    }

    /** Deletes whole partitions only, so the log drops files and no data is read or written. */
    private void expire(MergeWatermark watermark) {
        ArrivalHour hour =
                ArrivalHour.of(watermark.committedAt().minus(config.retention().staging()));
        Column date = col(Columns.ARRIVAL_DATE);
        DeltaTable.forPath(spark, lake.staging())
                .delete(date.lt(lit(hour.date()))
                        .or(date.equalTo(lit(hour.date()))
                                .and(col(Columns.ARRIVAL_HOUR).lt(lit(hour.hour())))));
    }

    private void vacuum(TableDefinition table, MergeWatermark watermark) {
        if (DeltaTable.isDeltaTable(spark, table.path())) {
            // By this machine's clock, which VACUUM uses.
            Instant now = DeltaTables.now(spark, table.path());
            Duration files =
                    ErasureDeadlines.of(spark, lake).shorten(config.retention().files(), watermark.committedAt());
            Duration retention = new VacuumRetention(files).at(now, lastWritten(watermark));
            DeltaTable.forPath(spark, table.path()).vacuum(retention.toMinutes() / 60.0);
            LOG.info("maintenance: {} vacuumed", table.name());
        }
    }

    /** When the lake was last written to, by the earlier of two clocks of other machines. */
    private Instant lastWritten(MergeWatermark watermark) {
        CommitLog log = new CommitLog(lake.merged(), spark.sessionState().newHadoopConf());
        Instant byStorage = log.visibleSince(log.newestVersion());
        return byStorage.isBefore(watermark.committedAt()) ? byStorage : watermark.committedAt();
    }

    private void rewrite(StepRunner steps, FileRewriter rewriter, TableDefinition table, List<FileGroup> groups) {
        RewriteResult all = RewriteResult.NOTHING;
        List<FileGroup> commit = new ArrayList<>();
        for (FileGroup group : groups) {
            commit.add(group);
            if (commit.stream().mapToLong(FileGroup::bytes).sum()
                    >= FILES_IN_A_COMMIT * config.merge().targetFileBytes()) {
                all = all.plus(result(steps, rewriter, table, commit));
                commit.clear();
            }
        }
        if (!commit.isEmpty()) {
            all = all.plus(result(steps, rewriter, table, commit));
        }
        if (!groups.isEmpty()) {
            LOG.info("maintenance: {} rewritten {}", table.name(), all.describe());
        }
    }

    /**
     * Rewrites the file groups in one commit. If that fails, rewrites each in a commit of its own, so that a damaged
     * file affects only its own group.
     */
    private RewriteResult result(
            StepRunner steps, FileRewriter rewriter, TableDefinition table, List<FileGroup> groups) {
        AtomicReference<RewriteResult> done = new AtomicReference<>(RewriteResult.NOTHING);
        List<FileGroup> together = List.copyOf(groups);
        String name = "compaction of " + table.name() + " " + together.get(0).describe();
        if (together.size() == 1) {
            task(steps, name, () -> done.set(rewriter.rewrite(together)));
            return done.get();
        }
        try {
            return rewriter.rewrite(together);
        } catch (DeltaConcurrentModificationException e) {
            putOff(name, e);
            return RewriteResult.NOTHING;
        } catch (Exception e) { // Spark throws checked exceptions that its Java signatures do not declare.
            LOG.warn(
                    "maintenance: {} file groups of {} fail together, and are tried one by one",
                    together.size(),
                    table.name(),
                    e);
            return together.stream()
                    .map(group -> result(steps, rewriter, table, List.of(group)))
                    .reduce(RewriteResult.NOTHING, RewriteResult::plus);
        }
    }
}
