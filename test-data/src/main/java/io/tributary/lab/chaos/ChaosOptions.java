package io.tributary.lab.chaos;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a run with faults is asked for.
 *
 * @param rounds how many faults
 * @param rate records a second, all data centers together
 * @param only the kinds of faults that may come
 * @param fuzz how many hostile records one data center sends, instead of faults; empty for none
 * @param isolation whether to measure what one data center's trouble does to the others, instead
 * @param operator whether an operator is to be at work, instead
 * @param lake where the run keeps everything; empty for the project's own
 */
public record ChaosOptions(
        int rounds,
        long seed,
        int rate,
        List<FaultKind> only,
        OptionalInt fuzz,
        boolean isolation,
        boolean operator,
        Optional<Path> lake,
        Optional<Path> report) {

    public ChaosOptions {
        only = List.copyOf(only);
    }
}
