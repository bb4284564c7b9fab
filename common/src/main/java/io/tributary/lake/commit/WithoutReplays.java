package io.tributary.lake.commit;

import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.ReplayTopic;
import io.tributary.offsets.TopicPartitionId;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The part of a batch that Kafka delivered as new, by which it is judged how a data center does. */
public final class WithoutReplays {

    private WithoutReplays() {}

    /** The metadata without what was read by request. */
    public static BatchMetadata of(BatchMetadata batch) {
        if (batch.ranges().keySet().stream().noneMatch(id -> ReplayTopic.isByRequest(id.topic()))
                && batch.positions().offsets().keySet().stream().noneMatch(id -> ReplayTopic.isByRequest(id.topic()))) {
            return batch;
        }
        return new BatchMetadata(
                batch.sequence(),
                batch.checkpoint(),
                batch.batch(),
                batch.plannedAt(),
                batch.committedAt(),
                batch.state(),
                part(batch.ranges()),
                part(batch.deferred()),
                part(batch.lost()),
                batch.expired(),
                batch.truncated(),
                part(batch.readErrors()),
                new TreeMap<>(),
                batch.readProgress().ofKafka(),
                batch.flow(),
                batch.erasures(),
                batch.columns());
    }

    /**
     * The offsets of a data center that a batch left unread, deferred ones included; empty if it did not answer with all its
     * partitions when the batch was planned.
     */
    public static OptionalLong unread(String dataCenter, BatchMetadata batch) {
        Long planned = batch.flow().lag().get(dataCenter);
        return planned == null
                ? OptionalLong.empty()
                : OptionalLong.of(planned
                        + part(batch.deferred()).stream()
                                .filter(range -> range.partition().dataCenter().equals(dataCenter))
                                .mapToLong(OffsetRange::offsets)
                                .sum());
    }

    /** Whether the lake holds everything that the data center's Kafka had when the batch was planned. */
    public static boolean isAll(String dataCenter, BatchMetadata batch) {
        return unread(dataCenter, batch).orElse(-1) == 0
                && batch.readProgress().ofKafka().pending().stream()
                        .noneMatch(range -> range.partition().dataCenter().equals(dataCenter));
    }

    private static <V> SortedMap<TopicPartitionId, V> part(SortedMap<TopicPartitionId, V> all) {
        SortedMap<TopicPartitionId, V> part = new TreeMap<>(all);
        part.keySet().removeIf(id -> ReplayTopic.isByRequest(id.topic()));
        return part;
    }

    private static SortedSet<OffsetRange> part(SortedSet<OffsetRange> all) {
        SortedSet<OffsetRange> part = new TreeSet<>(all);
        part.removeIf(range -> ReplayTopic.isByRequest(range.partition().topic()));
        return part;
    }
}
