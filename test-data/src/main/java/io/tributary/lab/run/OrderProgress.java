package io.tributary.lab.run;

import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.MergeMetadata;
import io.tributary.lake.erasure.ErasurePass;
import io.tributary.lake.erasure.ErasurePasses;
import io.tributary.lake.erasure.ErasureRequest;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.RangeStats;
import io.tributary.offsets.ReplayTopic;
import io.tributary.offsets.TopicPartitionId;
import io.tributary.schema.Lake;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the commits say of how far operators' orders have come.
 *
 * @param begins where reading began in each partition
 * @param replays by request, when the first batch that read of it was committed, milliseconds since the epoch
 * @param batches number of the newest erasure that a batch knew to when the newest such batch was committed
 * @param merges number of the newest erasure that a merge knew to the version of the newest such merge
 */
record OrderProgress(
        Map<TopicPartitionId, Long> begins,
        Map<String, Long> replays,
        SortedMap<Long, Long> batches,
        SortedMap<Long, Long> merges) {

    static final OrderProgress NONE = new OrderProgress(Map.of(), Map.of(), new TreeMap<>(), new TreeMap<>());

    OrderProgress {
        begins = Map.copyOf(begins);
        replays = Map.copyOf(replays);
        batches = Collections.unmodifiableSortedMap(new TreeMap<>(batches));
        merges = Collections.unmodifiableSortedMap(new TreeMap<>(merges));
    }

    OrderProgress plus(BatchMetadata batch) {
        Map<TopicPartitionId, Long> nextBegins = new TreeMap<>(begins);
        batch.readProgress().positions().offsets().forEach((partition, position) -> {
            if (!nextBegins.containsKey(partition)) {
                nextBegins.put(partition, begin(batch, partition, position));
            }
        });
        Map<String, Long> nextReplays = new TreeMap<>(replays);
        batch.ranges().keySet().forEach(partition -> ReplayTopic.request(partition.topic())
                .ifPresent(request -> nextReplays.putIfAbsent(request, batch.committedAt())));
        SortedMap<Long, Long> nextBatches = new TreeMap<>(batches);
        nextBatches.put(batch.erasures(), batch.committedAt());
        return new OrderProgress(nextBegins, nextReplays, nextBatches, merges);
    }

    private static long begin(BatchMetadata batch, TopicPartitionId partition, long position) {
        long read = Optional.ofNullable(batch.ranges().get(partition))
                .map(RangeStats::from)
                .orElse(position);
        return batch.readProgress().pendingOf(partition).stream()
                .mapToLong(OffsetRange::from)
                .reduce(read, Math::min);
    }

    OrderProgress plus(long version, MergeMetadata merge) {
        SortedMap<Long, Long> next = new TreeMap<>(merges);
        next.put(merge.erasures(), version);
        return new OrderProgress(begins, replays, batches, next);
    }

    /** Whether no row of an erasure is left in any table, and none is on its way from a commit that did not know it. */
    boolean isCarriedOut(ErasureRequest erasure, ErasurePasses passes, Lake lake) {
        long number = erasure.number();
        if (passes.isClosed(number)) {
            return true;
        }
        Optional<ErasurePass> merged = passes.last(number, lake.names().merged());
        Optional<ErasurePass> staging = passes.last(number, lake.names().staging());
        return merged.filter(pass -> pass.version() >= newestBefore(number, merges))
                        .isPresent()
                && staging.filter(pass -> pass.watermark() >= newestBefore(number, batches))
                        .isPresent()
                && (erasure.rejected().isEmpty()
                        || passes.last(number, lake.names().quarantine()).isPresent());
    }

    private static long newestBefore(long number, SortedMap<Long, Long> newest) {
        return newest.headMap(number).values().stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(Long.MIN_VALUE);
    }
}
