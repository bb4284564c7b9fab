package io.tributary.lab.loadtest;

import io.tributary.lab.evaluate.Report;
import io.tributary.lab.loadtest.Objective.Status;
import io.tributary.lab.profile.Profile;
import io.tributary.lab.profile.ProfileFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** Holds a run to the objectives of its profile, correctness first. */
final class Evaluation {

    /** By how much the lag may grow while it is said to be flat, in seconds a minute. */
    private static final double FLAT = 3;

    private static final String NONE = "";

    private final Profile profile;
    private final PipelineOutcome run;
    private final FreshnessFigures freshness;
    private final LagFigures lag;
    private final WorkFigures work;
    private final Steps steps;
    private final List<Objective> objectives = new ArrayList<>();

    private Evaluation(
            Profile profile,
            PipelineOutcome run,
            FreshnessFigures freshness,
            LagFigures lag,
            WorkFigures work,
            Steps steps) {
        this.profile = profile;
        this.run = run;
        this.freshness = freshness;
        this.lag = lag;
        this.work = work;
        this.steps = steps;
    }

    /** @param hasFigures whether the run may be asked for anything but correctness */
    static List<Objective> of(
            Profile profile,
            PipelineOutcome run,
            FreshnessFigures freshness,
            LagFigures lag,
            WorkFigures work,
            Steps steps,
            boolean hasFigures) {
        Evaluation evaluation = new Evaluation(profile, run, freshness, lag, work, steps);
        evaluation.correctness();
        if (hasFigures) {
            evaluation.figures();
        }
        return List.copyOf(evaluation.objectives);
    }

    private void correctness() {
        Report verdict = run.verdict();
        yesOrNo(
                "O2",
                "nothing lost, nothing twice, nothing altered, quarantine complete",
                "exact",
                verdict.verdict(),
                verdict.isExact());
        yesOrNo(
                "O13",
                "what was read is accounted for, by the logs and by the data",
                "balanced",
                run.isBalanced() ? "balanced" : "not balanced",
                run.isBalanced());
    }

    private void yesOrNo(String id, String name, String target, String result, boolean holds) {
        objectives.add(new Objective(
                id,
                name,
                target,
                result,
                NONE,
                holds ? Status.PASS : Status.MISSED,
                holds ? NONE : "The verdict and the audit name the records; nothing else of this run counts."));
    }

    private void figures() {
        profile.targets().freshnessP99().ifPresent(this::freshness);
        if (profile.targets().lagIsFlat()) {
            flatLag();
        }
        profile.targets().maxRatio().ifPresent(this::isolation);
        profile.targets().recovery().ifPresent(this::recovery);
        if (profile.isStaircase()) {
            capacity();
        }
        profile.targets().returns().ifPresent(this::returns);
        profile.targets().cpuPerMillion().ifPresent(this::cpu);
    }

    private void freshness(Duration target) {
        Histogram values = freshness.dueOnTime();
        double p99 = values.getValueAtPercentile(99) / 1e3;
        double wanted = target.toMillis() / 1e3;
        atMost(
                "O1",
                "freshness of events on time, from due to visible, 99th percentile",
                wanted,
                p99,
                "s",
                new SlowestEvents(run, profile).words());
    }

    private void flatLag() {
        double growth = 60 * lag.slope(profile.warmUp(), profile.duration());
        atMost(
                "O7",
                "growth of the greatest lag while the load lasts",
                FLAT,
                growth,
                "s a minute",
                "The load is more than is kept up with; the batches' parts say what takes the time.");
    }

    private void isolation(double target) {
        List<ProfileFault> ofSites = profile.faults().stream()
                .filter(fault -> fault.dataCenter().isPresent())
                .toList();
        if (ofSites.isEmpty()) {
            none(
                    "O5",
                    "freshness of the others while one is in trouble, against before",
                    "at most " + target,
                    "no fault of one data center");
            return;
        }
        ProfileFault fault = ofSites.get(0);
        String name = fault.dataCenter().orElseThrow();
        Histogram before = freshness.dueOnTimeOfOthers(name, profile.warmUp(), fault.at());
        Histogram during = freshness.dueOnTimeOfOthers(name, fault.at(), fault.end());
        if (before.getTotalCount() == 0 || during.getTotalCount() == 0) {
            none(
                    "O5",
                    "freshness of the others while one is in trouble, against before",
                    "at most " + target,
                    "no events of others");
            return;
        }
        double ratio = (double) during.getValueAtPercentile(99) / Math.max(1, before.getValueAtPercentile(99));
        atMost(
                "O5",
                "99th percentile of the others while " + name + " is in trouble, against before",
                target,
                ratio,
                "times",
                "A batch waits for what it asks of the data center in trouble; the batches' parts show where.");
    }

    private void recovery(Duration target) {
        if (run.faults().isEmpty()) {
            none("O8", "recovery", "at most " + target.toSeconds() + " s", "no fault was done");
            return;
        }
        double longest = run.faults().stream()
                .mapToDouble(fault -> recoverySeconds(freshness, fault))
                .max()
                .orElseThrow();
        atMost(
                "O8",
                "from the end of a fault until all that was due by then shows",
                target.toMillis() / 1e3,
                longest,
                "s",
                "What waited is read in batches of bounded size, and late events wait for a merge.");
    }

    /** From when a fault's cause was gone until everything showed that was due by then. */
    static double recoverySeconds(FreshnessFigures freshness, Disturbances.Done fault) {
        return Math.max(
                0,
                freshness.lastVisibleDueBy(fault.ended()).minus(fault.ended()).toMillis() / 1e3);
    }

    private void capacity() {
        Optional<Integer> sustained = steps.sustained();
        objectives.add(new Objective(
                "O7",
                "greatest rate that is kept up with",
                "to be found",
                sustained
                        .map(rate -> (steps.isKneeFound() ? "" : "at least ") + String.format(Locale.ROOT, "%,d", rate)
                                + " records/s")
                        .orElse("below the first step"),
                NONE,
                sustained.isPresent() ? Status.PASS : Status.MISSED,
                sustained.isPresent() ? NONE : "Begin lower."));
    }

    private void returns(Duration target) {
        Optional<Duration> returned = steps.returned();
        if (returned.isPresent()) {
            atMost(
                    "O8",
                    "return from overload",
                    target.toMillis() / 1e3,
                    returned.get().toMillis() / 1e3,
                    "s",
                    "What waited took longer to read.");
        } else {
            objectives.add(new Objective(
                    "O8",
                    "return from overload",
                    "at most " + target.toSeconds() + " s",
                    "not before the load ended",
                    NONE,
                    Status.MISSED,
                    "The last phase was too short or its rate too high."));
        }
    }

    private void cpu(double target) {
        atMost(
                "O10",
                "CPU of both jobs",
                target,
                work.cpuPerMillion(),
                "CPU-s a million records",
                String.format(
                        Locale.ROOT,
                        "The streaming job took %.0f s and the merge job %.0f s of CPU; at low rates what a batch costs"
                                + " whatever it holds outweighs the records.",
                        work.cpuSeconds("ingest"),
                        work.cpuSeconds("merge")));
    }

    private void atMost(String id, String name, double target, double result, String unit, String cause) {
        boolean holds = result <= target;
        objectives.add(new Objective(
                id,
                name,
                "at most " + number(target) + " " + unit,
                number(result) + " " + unit,
                number(Math.abs(target - result)) + " " + unit + (holds ? " below" : " above"),
                holds ? Status.PASS : Status.MISSED,
                holds ? NONE : cause));
    }

    private void none(String id, String name, String target, String why) {
        objectives.add(new Objective(id, name, target, why, NONE, Status.NOT_MEASURED, NONE));
    }

    private static String number(double value) {
        return value == Math.rint(value) || Math.abs(value) >= 100
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, Math.abs(value) < 1 ? "%.2f" : "%.1f", value);
    }
}
