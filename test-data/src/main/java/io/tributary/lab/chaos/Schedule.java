package io.tributary.lab.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * The faults of a run in order, as its seed makes them: every kind comes before any comes again, and the same seed makes
 * the same faults. When in the life of a batch one hits is not the schedule's to say.
 */
record Schedule(long seed, List<Fault> faults) {

    private static final Duration MIN_CALM = Duration.ofMillis(500);
    private static final Duration MAX_CALM = Duration.ofSeconds(5);

    Schedule {
        faults = List.copyOf(faults);
    }

    /** @param dataCenters those whose clusters may be hit */
    static Schedule of(long seed, int rounds, List<String> dataCenters) {
        return of(seed, rounds, dataCenters, List.of(FaultKind.values()));
    }

    /** @param of the kinds that may come */
    static Schedule of(long seed, int rounds, List<String> dataCenters, List<FaultKind> of) {
        // Spread first: Random itself begins alike for seeds that are near each other.
        Random random = new Random(new SplittableRandom(seed).nextLong());
        List<Fault> faults = new ArrayList<>();
        List<FaultKind> kinds = List.of();
        for (int round = 1; round <= rounds; round++) {
            if (kinds.isEmpty()) {
                kinds = new ArrayList<>(of);
                Collections.shuffle(kinds, random);
            }
            FaultKind kind = kinds.remove(0);
            faults.add(new Fault(
                    round,
                    kind,
                    dataCenters.get(random.nextInt(dataCenters.size())),
                    between(MIN_CALM, MAX_CALM, random),
                    between(kind.atLeast(), kind.atMost(), random),
                    random.nextInt(Fault.WAYS)));
        }
        return new Schedule(seed, faults);
    }

    private static Duration between(Duration atLeast, Duration atMost, Random random) {
        return atLeast.plusMillis(
                (long) (random.nextDouble() * atMost.minus(atLeast).toMillis()));
    }

    /** How often each kind occurs. */
    Map<FaultKind, Integer> byKind() {
        Map<FaultKind, Integer> counts = new EnumMap<>(FaultKind.class);
        faults.forEach(fault -> counts.merge(fault.kind(), 1, Integer::sum));
        return counts;
    }
}
