package io.tributary.audit;

import io.tributary.offsets.OffsetRange;
import java.util.ArrayList;
import java.util.List;

/**
 * Offsets that were planned and never became records of the lake, legally.
 *
 * @param skipped ranges that Kafka no longer had and an operator gave up, oldest first
 * @param expired ranges that retention took before anything of their partition was read, oldest first
 * @param pending ranges that were deferred and are still to be read
 */
record UnreadOffsets(List<Range> skipped, List<Range> expired, List<Range> pending) {

    static final UnreadOffsets NOTHING = new UnreadOffsets(List.of(), List.of(), List.of());

    UnreadOffsets {
        skipped = List.copyOf(skipped);
        expired = List.copyOf(expired);
        pending = List.copyOf(pending);
    }

    /**
     * @param batch number of the batch that gave it up, or deferred it
     * @param since when that batch was written, milliseconds since the epoch
     * @param why it could not be read, as last told; empty if the time was over, or nobody told
     */
    record Range(OffsetRange offsets, long batch, long since, String why) {

        String describe() {
            return offsets + " (" + offsets.offsets() + " offsets), since batch " + batch + " of "
                    + TimeFormat.of(since) + (why.isEmpty() ? "" : ": " + why);
        }
    }

    static long offsets(List<Range> ranges) {
        return ranges.stream().mapToLong(range -> range.offsets().offsets()).sum();
    }

    UnreadOffsets plus(UnreadOffsets other) {
        List<Range> allSkipped = new ArrayList<>(skipped);
        allSkipped.addAll(other.skipped);
        List<Range> allWaiting = new ArrayList<>(pending);
        allWaiting.addAll(other.pending);
        List<Range> allExpired = new ArrayList<>(expired);
        allExpired.addAll(other.expired);
        return new UnreadOffsets(allSkipped, allExpired, allWaiting);
    }

    /** What a verdict has to add so that it is not silent about them; empty if there are none. */
    String describe() {
        return describe(skipped, "skipped by an operator")
                + describe(expired, "taken by retention before the first reading")
                + describe(pending, "deferred and still to be read");
    }

    private static String describe(List<Range> ranges, String what) {
        if (ranges.isEmpty()) {
            return "";
        }
        long offsets = offsets(ranges);
        return "; " + offsets + (offsets == 1 ? " offset was " : " offsets were ") + what + ", in " + ranges.size()
                + (ranges.size() == 1 ? " range" : " ranges");
    }
}
