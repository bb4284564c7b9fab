package io.tributary.benchmark;

import java.util.Comparator;
import java.util.List;

/** What a piece of work took of the clock and of all of this process's threads, in seconds. */
record Cost(double seconds, double cpuSeconds) {

    static Cost of(Runnable work) {
        Stopwatch stopwatch = new Stopwatch();
        work.run();
        return stopwatch.lap();
    }

    /** Of several runs, the one in the middle by the clock. */
    static Cost median(List<Cost> costs) {
        return costs.stream()
                .sorted(Comparator.comparingDouble(Cost::seconds))
                .toList()
                .get(costs.size() / 2);
    }
}
