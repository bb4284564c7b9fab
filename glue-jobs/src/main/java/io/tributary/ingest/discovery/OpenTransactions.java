package io.tributary.ingest.discovery;

import io.tributary.offsets.TopicPartitionId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Finds partitions whose end cannot be read because a transaction stays open for long. */
public final class OpenTransactions {

    /** Every transaction is open for a while. The producers' default timeout is a minute. */
    private static final Duration MIN_AGE = Duration.ofMinutes(2);

    private final Map<TopicPartitionId, Held> held = new HashMap<>();

    /** @param latest the offset up to which the partition can be read, since that time */
    private record Held(long latest, Instant since) {}

    /** A message for each partition that has records beyond its readable end, while that end has not moved for long. */
    public SortedMap<TopicPartitionId, String> stuck(OffsetBounds reach, Instant now) {
        SortedMap<TopicPartitionId, String> words = new TreeMap<>();
        reach.latest().offsets().forEach((partition, latest) -> {
            long end = reach.end().of(partition).orElse(latest);
            if (end <= latest) {
                held.remove(partition);
                return;
            }
            Held since =
                    held.merge(partition, new Held(latest, now), (old, found) -> old.latest() == latest ? old : found);
            if (Duration.between(since.since(), now).compareTo(MIN_AGE) >= 0) {
                words.put(
                        partition,
                        "offsets " + latest + " to " + (end - 1) + " of " + partition
                                + " cannot be read since " + since.since()
                                + ": a transaction that begins there is still open. It ends with its producer, or with"
                                + " transaction.timeout.ms; kafka-transactions.sh find-hanging and abort help where it"
                                + " hangs. Until then the partition lags, and everything else goes on");
            }
        });
        return words;
    }
}
