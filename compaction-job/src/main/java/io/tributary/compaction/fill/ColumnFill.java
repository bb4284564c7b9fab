package io.tributary.compaction.fill;

import io.delta.exceptions.DeltaConcurrentModificationException;
import io.tributary.columns.Columns;
import io.tributary.config.ColumnDigest;
import io.tributary.config.PipelineConfig;
import io.tributary.lake.MergeWatermark;
import io.tributary.lake.commit.BatchMetadata;
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
import java.util.Optional;
import java.util.SortedMap;
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
 *  merge   fills what batches staged that did not know the columns as they are now, and says that it knows the fill
 *  here    writes the rows of each event date anew, a commit for each; what merges that did not know the fill added
 *          since makes a date due again; when none is left, the fill is closed, and the view shows its columns
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
     * Does a part of what is due.
     *
     * @param hidden number of the newest fill whose columns no view shows any more
     * @param budget no date is begun after so long
     */
    public void run(long hidden, Duration budget) {
        SparkSession.setActiveSession(spark);
        spark.sparkContext().setLocalProperty("spark.scheduler.pool", "maintenance");
        Instant end = clock.instant().plus(budget);
        for (Fill fill : fills.all()) {
            if (isDue(fill, hidden)) {
                run(fill.order(), end);
            }
        }
    }

    private void run(FillOrder order, Instant end) {
        FillProgress progress = followed(
                order,
                fills.progress(order.number()).orElseGet(() -> FillProgress.beginningAt(mergedLog.newestVersion())));
        PayloadFill values = FillPlan.fill(order, config);
        PartitionRewrite rewrite = new PartitionRewrite(
                spark,
                lake.merged(),
                Columns.EVENT_DATE,
                Columns.EVENT_TIME,
                config.merge().targetFileBytes());
        for (LocalDate date : left(progress)) {
            if (clock.instant().isAfter(end)) {
                break;
            }
            Optional<Long> rows = rows(order, rewrite, values, date);
            if (rows.isPresent()) {
                progress = progress.plus(date, rows.get());
                fills.note(order.number(), progress);
            }
        }
        progress = followed(order, progress);
        fills.note(order.number(), progress);
        SortedSet<LocalDate> left = left(progress);
        LOG.info(
                "merge[fill={}]: {} rows of {} event dates filled, {} dates left",
                order.number(),
                progress.rows(),
                progress.filled().size(),
                left.size());
        if (left.isEmpty() && isStagedByTheSame()) {
            fills.close(order.number());
            LOG.info(
                    "merge[fill={}]: complete; the view shows the columns {}",
                    order.number(),
                    order.columns().keySet());
        }
    }

    private Optional<Long> rows(FillOrder order, PartitionRewrite rewrite, PayloadFill values, LocalDate date) {
        try {
            return Optional.of(rewrite.run(
                    date.toString(),
                    values::apply,
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
        long version = progress.version();
        SortedSet<LocalDate> changed = new TreeSet<>();
        for (Commit commit : mergedLog.after(progress.version())) {
            version = commit.version();
            if (commit.isRestore()) {
                changed.addAll(progress.filled());
            } else if (commit.metadata().orElse(null) instanceof MergeMetadata merge
                    && merge.fills() < order.number()) {
                changed.addAll(merge.mergedByDate().keySet());
            }
        }
        return progress.without(changed, version);
    }

    /** Whether every batch that is not merged was written with the columns as they are now, so that the view may show it. */
    private boolean isStagedByTheSame() {
        long version = mergedLog.newestVersion();
        MergeWatermark watermark =
                MergeWatermark.at(version, mergedLog, () -> DeltaTables.at(spark, lake.merged(), version));
        SortedMap<String, String> columns = ColumnDigest.ofAll(config);
        CommitLog staging = new CommitLog(lake.staging(), hadoop());
        for (long v = staging.newestVersion(); v >= 0; v--) {
            Optional<Commit> commit = staging.commit(v);
            if (commit.isEmpty()) {
                return false;
            }
            if (commit.get().metadata().orElse(null) instanceof BatchMetadata batch) {
                if (batch.committedAt() <= watermark.committedAt().toEpochMilli()) {
                    return true;
                }
                if (!batch.columns().equals(columns)) {
                    LOG.info("merge: batch {} was staged with other columns and is not merged yet", batch.sequence());
                    return false;
                }
            }
        }
        return true;
    }

    private Configuration hadoop() {
        return spark.sessionState().newHadoopConf();
    }
}
