package io.tributary.ingest.recovery;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/** Decides which failures are logged: of each kind the first, second, fourth, eighth and so on. */
final class RepeatedFailures {

    /** More kinds than one job ever meets; beyond this, counting starts again. */
    private static final int MAX_KINDS = 100;

    private final Map<String, Integer> counts = new HashMap<>();

    /**
     * Counts a failure.
     *
     * @param line the log line; numbers in it, such as offsets and times, do not make another kind
     * @return how often it has occurred, if it is to be logged
     */
    OptionalInt count(String line) {
        if (counts.size() > MAX_KINDS) {
            counts.clear();
        }
        int count = counts.merge(line.replaceAll("\\d+", "#"), 1, Integer::sum);
        return Integer.bitCount(count) == 1 ? OptionalInt.of(count) : OptionalInt.empty();
    }
}
