package io.tributary.lab.profile;

import io.tributary.lab.load.LoadSpec;
import io.tributary.lab.load.LoadSpec.TextSize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A load test.
 *
 * @param name of its file, without the ending
 * @param description what it shows, in a sentence
 * @param decides which decision its result informs
 * @param dataCenters who sends, at least in some phase
 * @param warmUp of the load's beginning, is sent and judged like all else and left out of the figures
 * @param text how many characters of free text an event carries beside its fields
 * @param phases of the load, one after the other
 * @param faults by the time at which they begin
 * @param yaml as it was written
 */
public record Profile(
        String name,
        String description,
        String decides,
        List<String> dataCenters,
        Duration warmUp,
        TextSize text,
        List<Phase> phases,
        List<ProfileFault> faults,
        Targets targets,
        String yaml) {

    public Profile {
        dataCenters = List.copyOf(dataCenters);
        phases = List.copyOf(phases);
        faults = List.copyOf(faults);
    }

    /** How long the load lasts. */
    public Duration duration() {
        return phases.stream().map(Phase::duration).reduce(Duration.ZERO, Duration::plus);
    }

    /** When a phase begins, from the start of the load. */
    public Duration beginOf(int phase) {
        return phases.subList(0, phase).stream().map(Phase::duration).reduce(Duration.ZERO, Duration::plus);
    }

    /** How many records are due in all. */
    public long records() {
        return phases.stream()
                .mapToLong(phase -> phase.rate() * phase.duration().toMillis() / 1_000)
                .sum();
    }

    /**
     * The load of a phase; empty for one in which nothing is sent.
     *
     * @param seed of the whole load
     */
    public Optional<LoadSpec> load(int phase, long seed) {
        Phase one = phases.get(phase);
        if (one.rate() == 0) {
            return Optional.empty();
        }
        List<Integer> weights = new ArrayList<>();
        dataCenters.forEach(name -> weights.add(one.rates().getOrDefault(name, 0)));
        return Optional.of(new LoadSpec(
                one.rate(), one.duration(), dataCenters, weights, false, one.shares(), text, phase + 1, seed + phase));
    }

    /** Whether its rates rise until they are too much, and the return from there is wanted. */
    public boolean isStaircase() {
        return targets.returns().isPresent();
    }

    /** Whether some fault is done to a cluster alone, so that each needs a process of its own. */
    public boolean needsClustersApart() {
        return faults.stream().anyMatch(fault -> fault.kind().isOfCluster());
    }
}
