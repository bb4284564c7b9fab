package io.tributary.compaction.fill;

import io.delta.exceptions.DeltaConcurrentModificationException;
import io.tributary.columns.Columns;
import io.tributary.config.PipelineConfig;
import io.tributary.lake.MergeWatermark;
import io.tributary.lake.commit.Commit;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.commit.FillMetadata;
import io.tributary.lake.commit.MergeMetadata;
import io.tributary.lake.commit.PartitionRewrite;
import io.tributary.lake.fill.ColumnFills;
import io.tributary.lake.fill.ColumnFills.Fill;
import io.tributary.lake.fill.FillOrder;
import io.tributary.lake.fill.FillProgress;
import io.tributary.lake.log.DeltaTables;
import io.tributary.lake.log.TableFiles;
import io.tributary.schema.Lake;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the fills of columns that were ordered.
 *
 * <pre>
 *  view    does not show the columns of an open fill
 *  merge   fills what batches staged that did not know the columns as they are now, and says that it applied the fill
 *  here    writes the rows of each event date anew, a commit for each; what merges that did not apply the fill added
 *          since makes a date due again; when none is left, and the stream goes on with the columns as they were ordered,
 *          the fill is closed, and the view shows its columns
 * </pre>
 *
 * <p>A run that is killed leaves a commit or none; a date that was committed and not noted is written once more, to the
 * same values. Merges append beside it without a conflict; if another writer has replaced the same files, the date waits
 * for the next run.
 */
public final class ColumnFill {

    private static final Logger LOG = LoggerFactory.getLogger(ColumnFill.class);

    private final SparkSession spark;
    private final PipelineConfig config;
    private final Lake lake;
    private final ColumnFills fills;
    private final Clock clock;
    private final CommitLog mergedLog;

    public ColumnFill(SparkSession spark, PipelineConfig config, Lake lake, ColumnFills fills, Clock clock) {
        this.spark = spark;
        this.config = config;
        this.lake = lake;
        this.fills = fills;
        this.clock = clock;
        this.mergedLog = new CommitLog(lake.merged(), hadoop());
    }

    /**
     * Whether there is something to do.
     *
     * @param hidden number of the newest fill whose columns no view shows any more
     */
    public boolean isDue(long hidden) {
        return fills.all().stream().anyMatch(fill -> isDue(fill, hidden));
    }

    private boolean isDue(Fill fill, long hidden) {
        if (!fill.isOpen() || fill.order().number() > hidden) {
            return false;
        }
        boolean isMeant = FillPlan.isMeant(fill.order(), config);
        if (!isMeant) {
            LOG.info(
                    "merge[fill={}]: waits; this job's configuration does not say of the columns {} what it said when"
                            + " they were ordered to be filled",
                    fill.order().number(),
                    fill.order().columns().keySet());
        }
        return isMeant;
    }

    /**
     * Does a part of what is due. A date that fails does not stop the others.
     *
     * @param hidden number of the newest fill whose columns no view shows any more
     * @param budget no date is begun after so long
     * @throws IllegalStateException if dates failed, with the first of their failures as the cause
     */
    public void run(long hidden, Duration budget) {
        SparkSession.setActiveSession(spark);
        spark.sparkContext().setLocalProperty("spark.scheduler.pool", "maintenance");
        Instant end = clock.instant().plus(budget);
        List<Failed> failed = new ArrayList<>();
        for (Fill fill : fills.all()) {
            if (isDue(fill, hidden)) {
                run(fill.order(), end, failed);
            }
        }
        if (!failed.isEmpty()) {
            Failed first = failed.get(0);
            throw new IllegalStateException(
                    failed.size() + " event dates could not be filled, the first " + first.date() + " of fill "
                            + first.fill() + ": " + first.cause().getMessage() + ". The others were tried.",
                    first.cause());
        }
    }

    private record Failed(long fill, LocalDate date, Exception cause) {}

    private void run(FillOrder order, Instant end, List<Failed> failed) {
        FillProgress progress = followed(
                order,
                fills.progress(order.number()).orElseGet(() -> FillProgress.beginningAt(mergedLog.newestVersion())));
        // After the log of the merged table was followed: what is merged since is either filled or makes a date due
        // again.
        SortedSet<LocalDate> dates = left(progress);
        List<DueColumn> due =
                dates.isEmpty() ? List.of() : FillPlan.dueInMerged(order, config, () -> staged(order.orderedAt()));
        PartitionRewrite rewrite = new PartitionRewrite(
                spark,
                lake.merged(),
                Columns.EVENT_DATE,
                Columns.EVENT_TIME,
                config.merge().targetFileBytes());
        for (LocalDate date : dates) {
            if (clock.instant().isAfter(end)) {
                break;
            }
            try {
                Optional<Long> rows = rows(order, rewrite, due, date);
                if (rows.isPresent()) {
                    progress = progress.plus(date, rows.get());
                    fills.note(order.number(), progress);
                }
            } catch (Exception e) { // Spark throws checked exceptions that its Java signatures do not declare.
                LOG.warn("merge[fill={}]: {} failed: {}. The other dates go on.", order.number(), date, e.getMessage());
                failed.add(new Failed(order.number(), date, e));
            }
        }
        // First what is staged: what is merged since then is among it, or is followed next.
        Optional<String> hindrance =
                staged(watermark().committedAt()).hindrance(order, FillPlan.columns(order, config));
        progress = followed(order, progress);
        fills.note(order.number(), progress);
        SortedSet<LocalDate> left = left(progress);
        LOG.info(
                "merge[fill={}]: {} rows of {} event dates filled, {} dates left",
                order.number(),
                progress.rows(),
                progress.filled().size(),
                left.size());
        if (left.isEmpty() && hindrance.isPresent()) {
            LOG.info("merge[fill={}]: stays open: {}", order.number(), hindrance.get());
        } else if (left.isEmpty()) {
            fills.close(order.number());
            LOG.info(
                    "merge[fill={}]: complete; the view shows the columns {}",
                    order.number(),
                    order.columns().keySet());
        }
    }

    private Optional<Long> rows(FillOrder order, PartitionRewrite rewrite, List<DueColumn> due, LocalDate date) {
        try {
            return Optional.of(rewrite.run(
                    date.toString(),
                    rows -> FillPlan.fill(order, due, config, rows),
                    rows -> new FillMetadata(
                            order.number(), new ArrayList<>(order.columns().keySet()), date, rows)));
        } catch (DeltaConcurrentModificationException e) {
            LOG.info(
                    "merge[fill={}]: {} put off, another writer was in the way: {}",
                    order.number(),
                    date,
                    e.getMessage());
            return Optional.empty();
        }
    }

    private SortedSet<LocalDate> left(FillProgress progress) {
        SortedSet<LocalDate> dates = new TreeSet<>();
        TableFiles.ofNewest(spark, lake.merged()).all().forEach(file -> file.partition()
                .value(Columns.EVENT_DATE)
                .map(LocalDate::parse)
                .ifPresent(dates::add));
        dates.removeAll(progress.filled());
        return dates;
    }

    /** Without the dates to which others have added rows that may not be filled. */
    private FillProgress followed(FillOrder order, FillProgress progress) {
        long newest = mergedLog.newestVersion();
        List<Commit> commits = mergedLog.after(progress.version());
        if (commits.isEmpty() && newest != progress.version()) {
            LOG.warn(
                    "merge[fill={}]: the log of the merged table has expired since version {}; all dates are filled again",
                    order.number(),
                    progress.version());
            return progress.without(progress.filled(), newest);
        }
        long version = progress.version();
        SortedSet<LocalDate> changed = new TreeSet<>();
        for (Commit commit : commits) {
            version = commit.version();
            if (commit.isRestore()) {
                changed.addAll(progress.filled());
            } else if (commit.metadata().orElse(null) instanceof MergeMetadata merge
                    && !merge.fills().contains(order.number())) {
                changed.addAll(merge.mergedByDate().keySet());
            }
        }
        return progress.without(changed, version);
    }

    private MergeWatermark watermark() {
        long version = mergedLog.newestVersion();
        return MergeWatermark.at(version, mergedLog, () -> DeltaTables.at(spark, lake.merged(), version));
    }

    private StagedColumns staged(Instant above) {
        CommitLog staging = new CommitLog(lake.staging(), hadoop());
        return StagedColumns.read(staging, staging.newestVersion(), above);
    }

    private Configuration hadoop() {
        return spark.sessionState().newHadoopConf();
    }
}
