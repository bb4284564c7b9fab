package io.tributary.offsets;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Computes the next read progress from the previous one, fact by fact. */
final class ReadProgressBuilder {

    private final SortedMap<TopicPartitionId, Long> positions;
    private final SortedSet<OffsetRange> pending;
    private final SortedMap<TopicName, TopicIdentity> identities;
    private final SortedMap<TopicPartitionId, Integer> epochs;
    private final SortedSet<TopicPartitionId> unread;
    private final SortedSet<OffsetRange> truncated;
    private final List<String> breaks = new ArrayList<>();

    ReadProgressBuilder(ReadProgress before) {
        this.positions = new TreeMap<>(before.positions().offsets());
        this.pending = new TreeSet<>(before.pending());
        this.identities = new TreeMap<>(before.identities());
        this.epochs = new TreeMap<>(before.epochs());
        this.unread = new TreeSet<>(before.unread());
        this.truncated = new TreeSet<>(before.truncated());
    }

    void identify(TopicName topic, TopicIdentity identity) {
        TopicIdentity known = identities.put(topic, identity);
        if (known == null || known.equals(identity)) {
            return;
        }
        if (identity.isSuccessorOf(known)) {
            reset(topic);
        } else if (known.differsFrom(identity) || identity.generation() != known.generation()) {
            breaks.add(topic + " is the topic " + identity + " and the log knows " + known);
        }
    }

    /** Removes what is known of the old topic's offsets. */
    private void reset(TopicName topic) {
        Predicate<TopicPartitionId> ofTopic =
                partition -> TopicName.of(partition).equals(topic);
        pending.stream()
                .filter(range -> ofTopic.test(range.partition()))
                .forEach(range -> breaks.add(range + " are still pending, and their topic is restarted"));
        positions.keySet().removeIf(ofTopic);
        epochs.keySet().removeIf(ofTopic);
        unread.removeIf(ofTopic);
        truncated.removeIf(range -> ofTopic.test(range.partition()));
    }

    void begin(TopicPartitionId partition, long position) {
        Long known = positions.putIfAbsent(partition, position);
        if (known == null) {
            unread.add(partition);
        } else if (known != position) {
            breaks.add(partition + " is to begin at offset " + position + " but its position is " + known);
        }
    }

    void read(OffsetRange range) {
        pass(range);
        unread.remove(range.partition());
    }

    /** Moves the position behind a range that is not read. The leader epoch before the new position is then unknown. */
    void skip(OffsetRange range) {
        if (pass(range)) {
            epochs.remove(range.partition());
        }
    }

    /** Moves the position behind a range; returns whether the position changed. */
    private boolean pass(OffsetRange range) {
        Optional<OffsetRange> hole = ReadProgress.pendingFor(pending, range);
        if (hole.isEmpty()) {
            proceed(range);
            return true;
        }
        pending.remove(hole.get());
        if (range.until() < hole.get().until()) {
            pending.add(
                    new OffsetRange(range.partition(), range.until(), hole.get().until()));
        }
        return false;
    }

    void defer(OffsetRange range) {
        if (pending.stream().noneMatch(hole -> hole.holds(range))) {
            proceed(range);
            pending.add(range);
        }
    }

    private void proceed(OffsetRange range) {
        Long position = positions.put(range.partition(), range.until());
        if (position == null) {
            breaks.add(range.partition() + " begins at offset " + range.from() + " and the log does not know it");
        } else if (position != range.from()) {
            breaks.add(range.partition() + " begins at offset " + range.from() + " and the log ends at " + position);
        }
    }

    void truncate(OffsetRange range) {
        truncated.add(range);
    }

    void epoch(TopicPartitionId partition, int epoch) {
        epochs.merge(partition, epoch, Math::max);
    }

    ReadProgress end() {
        if (!breaks.isEmpty()) {
            throw new ReadProgress.BrokenException(breaks);
        }
        return new ReadProgress(new PartitionOffsets(positions), pending, identities, epochs, unread, truncated);
    }
}
