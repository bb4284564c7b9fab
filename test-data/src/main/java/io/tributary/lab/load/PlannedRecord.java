package io.tributary.lab.load;

/**
 * A record that is to be sent.
 *
 * @param dueNanos when, in nanoseconds from the start of the load
 * @param through the index of the data center whose Kafka gets it
 */
public record PlannedRecord(long dueNanos, int through, Content content) {

    /** What a record says. */
    public sealed interface Content {}

    /**
     * An event, or a repeat of it if it was sent before.
     *
     * @param heldNanos how long it was held back after it happened
     */
    public record OfEvent(long event, long heldNanos) implements Content {}

    /**
     * What no event can be read from.
     *
     * @param event the event whose text was spoiled, which may be one that is also sent whole
     * @param salt decides the details
     */
    public record Malformed(Malformation how, long event, long salt) implements Content {}
}
