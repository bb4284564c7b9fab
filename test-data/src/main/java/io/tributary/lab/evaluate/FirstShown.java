package io.tributary.lab.evaluate;

/** Is told of each event that an answer shows for the first time. */
@FunctionalInterface
public interface FirstShown {

    /**
     * The times of an event.
     *
     * @param eventMicros when it happened, in microseconds since the epoch
     * @param kafkaMillis Kafka's timestamp of the record that shows it, in milliseconds since the epoch
     * @param arrivedMillis when the batch that staged it was written
     * @param visibleMillis when it could be queried
     */
    record Times(long eventMicros, long kafkaMillis, long arrivedMillis, long visibleMillis) {}

    /** @param dataCenter the index of the one that delivered it, or -1 */
    void shown(Times times, boolean isOnTime, int dataCenter);
}
