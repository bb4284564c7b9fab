package io.tributary.lab.run;

import io.tributary.lab.truth.Coordinates;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicPartitionId;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The topics in whose place another is read, since an operator accepted that. What had not been read of them by then
 * is lost; everything else is to be seen.
 *
 * @param lastProgress topic id to how far everything was read by the last commit in which that topic was read
 * @param skipped topic id to the ranges that waited to be read and were given up, of topics that are read as well
 */
record AbandonedTopics(Map<String, ReadProgress> lastProgress, Map<String, SortedSet<OffsetRange>> skipped) {

    static final AbandonedTopics NONE = new AbandonedTopics(Map.of(), Map.of());

    AbandonedTopics {
        lastProgress = Collections.unmodifiableMap(new TreeMap<>(lastProgress));
        skipped = Collections.unmodifiableMap(new TreeMap<>(skipped));
    }

    /**
     * Adds what a commit gives up, and the topics that were read before it and are not after it.
     *
     * @param lost what it gives up
     */
    AbandonedTopics plus(ReadProgress before, Collection<OffsetRange> lost, ReadProgress after) {
        Map<String, ReadProgress> progress = new TreeMap<>(lastProgress);
        before.identities().forEach((topic, identity) -> {
            if (after.identities().get(topic).differsFrom(identity)) {
                progress.put(identity.topicId(), before);
            }
        });
        Map<String, SortedSet<OffsetRange>> ranges = new TreeMap<>(skipped);
        lost.forEach(range -> before.identityOf(range.partition())
                .ifPresent(identity ->
                        ranges.merge(identity.topicId(), new TreeSet<>(Set.of(range)), AbandonedTopics::union)));
        return new AbandonedTopics(progress, ranges);
    }

    private static SortedSet<OffsetRange> union(SortedSet<OffsetRange> one, SortedSet<OffsetRange> other) {
        SortedSet<OffsetRange> both = new TreeSet<>(one);
        both.addAll(other);
        return both;
    }

    /** Whether a record went with its topic before it was read. */
    boolean isLost(Coordinates at) {
        ReadProgress last = lastProgress.get(at.topicId());
        if (last == null) {
            return false;
        }
        TopicPartitionId partition = new TopicPartitionId(at.dataCenter(), at.topic(), at.partition());
        return at.offset() >= last.positions().of(partition).orElse(0L)
                || Stream.concat(
                                last.pendingOf(partition).stream(),
                                skipped.getOrDefault(at.topicId(), new TreeSet<>()).stream())
                        .anyMatch(range -> range.partition().equals(partition)
                                && range.from() <= at.offset()
                                && at.offset() < range.until());
    }
}
