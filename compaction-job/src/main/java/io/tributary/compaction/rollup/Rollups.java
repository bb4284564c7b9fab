package io.tributary.compaction.rollup;

import io.tributary.config.PipelineConfig;
import io.tributary.config.RollupConfig;
import io.tributary.table.Lake;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings all rollups of a configuration up to date with the merged table.
 *
 * <pre>
 *  log of events_merged ──► files that merges added since ──► measures ─┐
 *                                                                       ├─► one commit: the touched dates
 *  the rollup, the touched dates ───────────────────────────────────────┘   + the account
 * </pre>
 *
 * <p>Each merge is taken in once, whenever a run dies and however many run at once: rows and account are one commit.
 */
public final class Rollups {

    private static final Logger LOG = LoggerFactory.getLogger(Rollups.class);

    private final SparkSession spark;
    private final PipelineConfig config;
    private final Lake lake;

    public Rollups(SparkSession spark, PipelineConfig config, Lake lake) {
        this.spark = spark;
        this.config = config;
        this.lake = lake;
    }

    /** Tries every rollup, whatever becomes of the others, and says in the log how each ended. */
    public List<RollupOutcome> run() {
        if (config.rollups().isEmpty()) {
            return List.of();
        }
        RollupUpdate update = new RollupUpdate(
                spark,
                config,
                lake,
                new MergedCommits(lake.merged(), spark.sessionState().newHadoopConf()));
        List<RollupOutcome> outcomes = new ArrayList<>();
        for (RollupConfig rollup : config.rollups()) {
            RollupOutcome outcome = outcome(update, rollup);
            if (outcome instanceof RollupOutcome.Failed failed) {
                LOG.error("merge: {}", failed.words(), failed.failure());
            } else {
                LOG.info("merge: {}", outcome.words());
            }
            outcomes.add(outcome);
        }
        return outcomes;
    }

    /** Ends a run in which rollups failed, when all else of it is done; does nothing if none did. */
    public static void requireAll(List<RollupOutcome> outcomes) {
        List<RuntimeException> failures = outcomes.stream()
                .filter(RollupOutcome.Failed.class::isInstance)
                .map(outcome -> ((RollupOutcome.Failed) outcome).failure())
                .toList();
        if (!failures.isEmpty()) {
            RuntimeException first = failures.get(0);
            failures.subList(1, failures.size()).forEach(first::addSuppressed);
            throw first;
        }
    }

    private static RollupOutcome outcome(RollupUpdate update, RollupConfig rollup) {
        try {
            return update.run(rollup);
        } catch (RuntimeException e) {
            return new RollupOutcome.Failed(rollup.name(), e);
        }
    }
}
