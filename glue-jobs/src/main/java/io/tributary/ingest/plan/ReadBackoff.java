package io.tributary.ingest.plan;

import io.tributary.error.Backoff;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.RangeStats;
import io.tributary.offsets.ReplayTopic;
import io.tributary.offsets.TopicPartitionId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Backs off from a partition that answers and then cannot be read. It is left out for longer each time, so that not
 * every batch waits for it. The state comes from the commit metadata of the batches. After a restart it is empty.
 */
public final class ReadBackoff {

    private static final Logger LOG = LoggerFactory.getLogger(ReadBackoff.class);
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(20), Duration.ofMinutes(10));

    private final Map<TopicPartitionId, Trouble> troubles = new HashMap<>();
    private long seen;

    private record Trouble(Instant since, int attempts, Instant until) {

        static Trouble after(Trouble before, Instant now) {
            int attempts = before == null ? 1 : before.attempts + 1;
            return new Trouble(before == null ? now : before.since, attempts, now.plus(BACKOFF.after(attempts)));
        }
    }

    public boolean isResting(TopicPartitionId partition, Instant now) {
        Trouble trouble = troubles.get(partition);
        return trouble != null && now.isBefore(trouble.until());
    }

    /** Updates the backoff from the newest batch and logs changes; does nothing for a batch that it knows. */
    public void update(BatchMetadata batch, Instant now) {
        if (batch.sequence() <= seen) {
            return;
        }
        seen = batch.sequence();
        batch.ranges().forEach((partition, range) -> {
            if (range.until() > range.from()) {
                recovered(partition, now);
            }
        });
        SortedMap<String, SortedMap<TopicPartitionId, String>> byDataCenter = new TreeMap<>();
        batch.readErrors().forEach((partition, error) -> {
            RangeStats read = batch.ranges().get(partition);
            if (read == null || read.until() == read.from()) {
                troubles.compute(partition, (key, before) -> Trouble.after(before, now));
            }
            byDataCenter
                    .computeIfAbsent(partition.dataCenter(), key -> new TreeMap<>())
                    .put(partition, error);
        });
        byDataCenter.forEach((name, errors) -> tell(name, errors, batch));
    }

    private void recovered(TopicPartitionId partition, Instant now) {
        Trouble over = troubles.remove(partition);
        if (over != null) {
            LOG.info(
                    "ingest[dc={}]: {}-{} can be read again, after {} attempts in {} s",
                    partition.dataCenter(),
                    partition.topic(),
                    partition.partition(),
                    over.attempts(),
                    Duration.between(over.since(), now).toSeconds());
        }
    }

    private void tell(String dataCenter, SortedMap<TopicPartitionId, String> errors, BatchMetadata batch) {
        TopicPartitionId first = errors.firstKey();
        Trouble trouble = troubles.get(first);
        String ranges = batch.deferred().stream()
                .filter(range -> errors.containsKey(range.partition()))
                .map(OffsetRange::toString)
                .limit(5)
                .collect(Collectors.joining(", "));
        LOG.warn(
                "ingest[dc={}]: {} of {} partitions could not be read: {}. Pending: {}{}. All else goes on, and"
                        + " nothing is lost while Kafka keeps them. {}",
                dataCenter,
                errors.size(),
                batch.readProgress()
                        .positions()
                        .dataCenter(dataCenter)
                        .offsets()
                        .size(),
                errors.get(first),
                ranges,
                errors.size() > 5 ? ", …" : "",
                trouble == null
                        ? "The next batch tries again."
                        : "Attempt " + trouble.attempts() + " since " + trouble.since() + "; tried again after "
                                + trouble.until() + ". " + remedy(first));
    }

    private static String remedy(TopicPartitionId partition) {
        return ReplayTopic.isOfFile(partition.topic())
                ? "Check that the file is there as it was requested, and that the job's role may read it."
                : "Check this data center's brokers and the network to them.";
    }
}
