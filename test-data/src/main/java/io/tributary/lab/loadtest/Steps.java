package io.tributary.lab.loadtest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tributary.lab.profile.Phase;
import io.tributary.lab.profile.Profile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * The phases of a load as steps of a staircase: which of them the pipeline kept up with. A step is kept up with if the
 * generator was on time, 99 of 100 of its events on time showed within the objective, and the lag at its end was at most
 * {@link #SLACK} above that of the first.
 */
final class Steps {

    /** As long as a trigger, by which the lag swings anyway. */
    static final Duration SLACK = Duration.ofSeconds(5);

    private static final Duration OBJECTIVE = Duration.ofSeconds(60);
    private static final Duration AT_THE_END = Duration.ofSeconds(5);
    private static final double MILLIS = 1e3;

    private final Profile profile;
    private final LagFigures lag;
    private final List<Step> steps = new ArrayList<>();
    private final double before;

    Steps(Profile profile, SendTimes times, FreshnessFigures freshness, LagFigures lag) {
        this.profile = profile;
        this.lag = lag;
        this.before = lag.median(
                profile.warmUp(),
                profile.beginOf(0).plus(profile.phases().get(0).duration()));
        for (int phase = 0; phase < profile.phases().size(); phase++) {
            Duration begin = profile.beginOf(phase);
            Duration end = begin.plus(profile.phases().get(phase).duration());
            Histogram values = freshness.dueOnTime(phase);
            double lagAtEnd = lag.median(end.minus(AT_THE_END), end);
            boolean isGeneratorLate = SendTimes.isLate(times.lateness(phase));
            boolean keepsUp = !isGeneratorLate
                    && lagAtEnd <= before + SLACK.toSeconds()
                    && values.getValueAtPercentile(99) <= OBJECTIVE.toMillis();
            steps.add(new Step(
                    profile.phases().get(phase),
                    begin,
                    end,
                    times.lateness(phase).getValueAtPercentile(99) / MILLIS,
                    values,
                    lagAtEnd,
                    lag.slope(begin.compareTo(profile.warmUp()) < 0 ? profile.warmUp() : begin, end),
                    keepsUp));
        }
    }

    /**
     * One phase.
     *
     * @param lateMillis how late the generator was, 99th percentile
     * @param freshness from due to visible of its events on time, in milliseconds
     */
    record Step(
            Phase phase,
            Duration begin,
            Duration end,
            double lateMillis,
            Histogram freshness,
            double lagAtEnd,
            double slope,
            boolean keepsUp) {}

    List<Step> all() {
        return List.copyOf(steps);
    }

    /** The greatest rate of a step that was kept up with, before the first that was not. */
    Optional<Integer> sustained() {
        Optional<Integer> rate = Optional.empty();
        for (Step step : steps.subList(0, peak() + 1)) {
            if (!step.keepsUp()) {
                return rate;
            }
            rate = Optional.of(step.phase().rate());
        }
        return rate;
    }

    /** Whether some step was too much, without which the greatest rate is only a lower bound. */
    boolean isKneeFound() {
        return steps.subList(0, peak() + 1).stream().anyMatch(step -> !step.keepsUp());
    }

    /** How long after the step of the greatest rate the lag was back where it was before, and stayed there. */
    Optional<Duration> returned() {
        Duration peakEnd = steps.get(peak()).end();
        double[] greatest = lag.greatest();
        double most = before + SLACK.toSeconds();
        int back = greatest.length;
        while (back > peakEnd.toSeconds() && greatest[back - 1] <= most) {
            back--;
        }
        return back < greatest.length && Duration.ofSeconds(back).compareTo(profile.duration()) <= 0
                ? Optional.of(Duration.ofSeconds(back).minus(peakEnd))
                : Optional.empty();
    }

    private int peak() {
        int peak = 0;
        for (int i = 1; i < steps.size(); i++) {
            if (steps.get(i).phase().rate() > steps.get(peak).phase().rate()) {
                peak = i;
            }
        }
        return peak;
    }

    ArrayNode json() {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        for (Step step : steps) {
            var one = json.addObject()
                    .put("name", step.phase().name())
                    .put("from", step.begin().toMillis() / MILLIS)
                    .put("to", step.end().toMillis() / MILLIS)
                    .put("rate", step.phase().rate())
                    .put("generator_late_p99_ms", step.lateMillis())
                    .put("lag_at_end", step.lagAtEnd())
                    .put("lag_slope", step.slope())
                    .put("keeps_up", step.keepsUp());
            one.set("freshness", Percentiles.json(step.freshness(), MILLIS));
        }
        return json;
    }
}
