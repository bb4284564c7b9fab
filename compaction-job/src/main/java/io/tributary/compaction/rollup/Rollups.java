package io.tributary.compaction.rollup;

import io.tributary.config.PipelineConfig;
import io.tributary.config.RollupConfig;
import io.tributary.runtime.StepRunner;
import io.tributary.schema.Lake;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings all rollups of a configuration up to date with the merged table.
 *
 * <pre>
 *  log of events_merged ──► files that merges added since ──► measures ─┐
 *                                                                       ├─► one commit: the touched dates
 *  the rollup, the touched dates ───────────────────────────────────────┘   + the metadata
 * </pre>
 *
 * <p>Each merge is taken in once, whenever a run dies and however many run at once: rows and metadata are one commit.
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

    /** As {@link #run(StepRunner, Set)} while no column is being filled. */
    public List<RollupOutcome> run(StepRunner steps) {
        return run(steps, Set.of());
    }

    /**
     * Tries every rollup, each as a step. One that fails is as it was before, and a later run takes in what is missing.
     *
     * @param beingFilled columns that only some of the events have; a rollup over one of them stays as it is until all have
     * @return how those ended that did not fail
     */
    public List<RollupOutcome> run(StepRunner steps, Set<String> beingFilled) {
        List<RollupOutcome> outcomes = new ArrayList<>();
        if (!config.rollups().isEmpty()) {
            steps.attempt("rollups", () -> run(steps, beingFilled, outcomes));
        }
        return outcomes;
    }

    private void run(StepRunner steps, Set<String> beingFilled, List<RollupOutcome> outcomes) {
        RollupUpdater update = new RollupUpdater(
                spark,
                config,
                lake,
                new MergedCommits(lake.merged(), spark.sessionState().newHadoopConf()));
        for (RollupConfig rollup : config.rollups()) {
            if (beingFilled.stream().anyMatch(rollup::uses)) {
                LOG.info("merge: the rollup {} waits until {} is filled", rollup.name(), beingFilled);
                continue;
            }
            steps.attemptAtGrowingIntervals("rollup " + rollup.name(), () -> {
                RollupOutcome outcome = update.run(rollup);
                LOG.info("merge: {}", outcome.describe());
                outcomes.add(outcome);
            });
        }
    }
}
