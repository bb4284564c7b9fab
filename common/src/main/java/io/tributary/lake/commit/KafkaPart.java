package io.tributary.lake.commit;

import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.ReplayTopic;
import io.tributary.offsets.TopicPartitionId;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The part of a batch that Kafka delivered as new, by which it is judged how a data center does. */
public final class KafkaPart {

    private KafkaPart() {}

    /** The metadata without what was read by request. */
    public static BatchCommit of(BatchCommit batch) {
        if (batch.ranges().keySet().stream().noneMatch(id -> ReplayTopic.isByRequest(id.topic()))
                && batch.positions().offsets().keySet().stream().noneMatch(id -> ReplayTopic.isByRequest(id.topic()))) {
            return batch;
        }
        return new BatchCommit(
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
                batch.erasures());
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
