package io.tributary.model;

import java.time.Duration;
import java.util.List;

/** One thing that happens to a lake. */
sealed interface Step {

    /**
     * A record that is delivered; the event's time is set by its first copy.
     *
     * @param age how long before its delivery the event happened, if this is its first copy
     * @param deviation how much later than that this copy says it happened
     */
    record Copy(String dataCenter, int event, Duration age, Duration deviation) {}

    /** Records arrive, in one micro-batch. */
    record Arrive(List<Copy> copies) implements Step {}

    record Pass(Duration time) implements Step {}

    record Merge() implements Step {}

    /** A merge, and a RESTORE of the merged table to the version before it. */
    record UndoneMerge() implements Step {}

    /** The streaming job is stopped and started. */
    record Restart() implements Step {}

    /** The streaming job is killed after a batch's commit in the lake and before Spark's note of it. */
    record Replay() implements Step {}

    record LoseCheckpoint() implements Step {}

    /** The streaming job is stopped, and started with another dedup window. */
    record Reconfigure(Duration window) implements Step {}
}
