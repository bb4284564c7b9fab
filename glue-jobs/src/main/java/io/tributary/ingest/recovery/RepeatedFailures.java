package io.tributary.ingest.recovery;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/** Which failures are worth a line: each kind the first time, the second, the fourth, the eighth and so on. */
final class RepeatedFailures {

    /** More kinds than one job ever meets; beyond, the counting begins anew. */
    private static final int MAX_KINDS = 100;

    private final Map<String, Integer> counts = new HashMap<>();

    /**
     * Counts a failure.
     *
     * @param line what is said of it; numbers in it, such as offsets and times, make no other kind
     * @return how often it has occurred, if it is to be told
     */
    OptionalInt count(String line) {
        if (counts.size() > MAX_KINDS) {
            counts.clear();
        }
        int count = counts.merge(line.replaceAll("\\d+", "#"), 1, Integer::sum);
        return Integer.bitCount(count) == 1 ? OptionalInt.of(count) : OptionalInt.empty();
    }
}
