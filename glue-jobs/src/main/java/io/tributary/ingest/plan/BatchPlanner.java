package io.tributary.ingest.plan;

import io.tributary.ingest.discovery.OffsetBounds;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.PartitionOffsets;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicIdentity;
import io.tributary.offsets.TopicName;
import io.tributary.offsets.TopicPartitionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Plans the next batch in one data center, topic by topic.
 *
 * <pre>
 *  topic replaced, or its log truncated? ─► accepted: restart │ not accepted: the topic is halted
 *        └─ no ─► each partition: a gap? ─► accepted: lost │ never read: expired │ not accepted: it is halted
 *                      └─ no ─► read a pending range, or new offsets
 * </pre>
 *
 * <p>A batch does one thing with a partition: it skips a range, reads a deferred one, or continues at its position.
 */
public final class BatchPlanner {

    private final String dataCenter;
    private final ReadProgress readProgress;
    private final OffsetBounds bounds;
    private final AcceptedDataLoss acceptedLoss;
    private final PartitionOffsets known;
    private final SortedMap<TopicName, TopicIdentity> identities = new TreeMap<>();
    private final SortedMap<TopicPartitionId, Long> newPartitions = new TreeMap<>();
    private final SortedMap<TopicPartitionId, OffsetRange> readable = new TreeMap<>();
    private final SortedMap<TopicPartitionId, OffsetRange> lost = new TreeMap<>();
    private final SortedMap<TopicPartitionId, OffsetRange> expired = new TreeMap<>();
    private final SortedSet<OffsetRange> truncated = new TreeSet<>();
    private final List<Halt> halts = new ArrayList<>();

    private BatchPlanner(
            String dataCenter, ReadProgress readProgress, OffsetBounds bounds, AcceptedDataLoss acceptedLoss) {
        this.dataCenter = dataCenter;
        this.readProgress = readProgress;
        this.bounds = bounds;
        this.acceptedLoss = acceptedLoss;
        this.known = readProgress.positions().dataCenter(dataCenter);
    }

    /**
     * Makes the plan.
     *
     * @param readProgress positions and pending ranges before the batch
     * @param quota how much the data center may contribute
     * @param acceptedLoss which data loss the operator accepted
     */
    public static BatchPlan plan(
            String dataCenter,
            ReadProgress readProgress,
            OffsetBounds bounds,
            ReadQuota quota,
            AcceptedDataLoss acceptedLoss) {
        BatchPlanner planner = new BatchPlanner(dataCenter, readProgress, bounds, acceptedLoss);
        bounds.topics().forEach(planner::topic);
        return new BatchPlan(
                planner.identities,
                new PartitionOffsets(planner.newPartitions),
                quota.of(planner.readable),
                new TreeSet<>(planner.lost.values()),
                new TreeSet<>(planner.expired.values()),
                planner.truncated,
                planner.halts);
    }

    private void topic(String topic) {
        TopicName name = new TopicName(dataCenter, topic);
        TopicIdentity told = bounds.identityOf(topic);
        TopicIdentity before = readProgress.identities().getOrDefault(name, told);
        if (before.differsFrom(told)) {
            resetOrHalt(
                    name,
                    before.successor(told),
                    List.of(new ReplacedTopic(
                            name, before, before.successor(told), new PartitionOffsets(positionsOf(topic)))));
            return;
        }
        List<OffsetRange> cut = truncations(topic);
        if (!cut.isEmpty()) {
            TopicIdentity next = before.successor(before.completedBy(told));
            List<Halt> logs =
                    cut.stream().<Halt>map(gone -> new TruncatedLog(gone, next)).toList();
            if (!resetOrHalt(name, next, logs)) {
                cut.stream()
                        .filter(gone -> readProgress.truncated().stream()
                                .noneMatch(older -> older.partition().equals(gone.partition())))
                        .forEach(truncated::add);
            }
            identities.putIfAbsent(name, before);
            return;
        }
        identities.put(name, before.completedBy(told));
        begin(topic, known.isEmpty() ? bounds.start() : bounds.earliest());
        positionsOf(topic).forEach(this::partition);
    }

    private SortedMap<TopicPartitionId, Long> positionsOf(String topic) {
        SortedMap<TopicPartitionId, Long> own = new TreeMap<>(known.offsets());
        own.keySet().removeIf(partition -> !partition.topic().equals(topic));
        return own;
    }

    /** Truncated logs, found now or before. A log stays truncated, however long it grows again. */
    private List<OffsetRange> truncations(String topic) {
        SortedMap<TopicPartitionId, OffsetRange> found = new TreeMap<>();
        readProgress.truncated().forEach(gone -> found.put(gone.partition(), gone));
        bounds.truncated().stream()
                .filter(gone -> known.of(gone.partition())
                        .filter(position -> position == gone.until())
                        .isPresent())
                .forEach(gone -> found.putIfAbsent(gone.partition(), gone));
        positionsOf(topic).forEach((partition, position) -> {
            Optional<Long> end = bounds.partitions().contains(partition)
                    ? bounds.end().of(partition)
                    : Optional.of(0L); // A topic never loses partitions.
            end.filter(offset -> offset < position)
                    .ifPresent(offset -> found.putIfAbsent(partition, new OffsetRange(partition, offset, position)));
        });
        return found.values().stream()
                .filter(gone -> gone.partition().dataCenter().equals(dataCenter)
                        && gone.partition().topic().equals(topic))
                .toList();
    }

    /** Restarts a topic if that is accepted. Pending ranges of the old topic are skipped first. */
    private boolean resetOrHalt(TopicName name, TopicIdentity next, List<Halt> reasons) {
        if (!acceptedLoss.allow(name.topic(), next)) {
            halts.addAll(reasons);
            return false;
        }
        readProgress.nextPendingOf(dataCenter).forEach((partition, range) -> {
            if (partition.topic().equals(name.topic())) {
                lost.put(partition, range);
            }
        });
        if (lost.keySet().stream()
                .noneMatch(partition -> TopicName.of(partition).equals(name))) {
            bounds.earliest().offsets().forEach((partition, offset) -> {
                if (partition.topic().equals(name.topic())) {
                    newPartitions.put(partition, offset);
                    identities.put(name, next);
                }
            });
        }
        return true;
    }

    /**
     * The configured start applies to a new data center only. Topics and partitions that are added later are read from
     * their earliest offset.
     */
    private void begin(String topic, PartitionOffsets start) {
        start.offsets().forEach((partition, offset) -> {
            if (partition.topic().equals(topic) && known.of(partition).isEmpty()) {
                newPartitions.put(partition, offset);
            }
        });
    }

    private void partition(TopicPartitionId partition, long position) {
        Optional<Long> latest = bounds.latest().of(partition);
        Optional<Long> earliest = bounds.earliest().of(partition);
        if (latest.isEmpty() || earliest.isEmpty()) {
            return; // It does not answer now.
        }
        List<Gap> gaps = gaps(partition, position, earliest.get());
        if (!gaps.isEmpty()) {
            skipOrHalt(partition, gaps);
            return;
        }
        List<OffsetRange> pending = readProgress.pendingOf(partition);
        if (!pending.isEmpty()) {
            readable.put(partition, pending.get(0));
        } else if (latest.get() > position) {
            readable.put(partition, new OffsetRange(partition, position, latest.get()));
        }
    }

    private List<Gap> gaps(TopicPartitionId partition, long position, long earliest) {
        List<Gap> gaps = new ArrayList<>();
        readProgress.pendingOf(partition).stream()
                .filter(range -> range.from() < earliest)
                .map(range -> new Gap(partition, range.from(), Math.min(range.until(), earliest)))
                .forEach(gaps::add);
        if (position < earliest) {
            gaps.add(new Gap(partition, position, earliest));
        }
        return gaps;
    }

    private void skipOrHalt(TopicPartitionId partition, List<Gap> gaps) {
        if (readProgress.unread().contains(partition)) {
            // Offsets that were deleted before the first read of their partition are not a loss.
            expired.put(partition, gaps.get(0).range());
            return;
        }
        List<Gap> notCovered =
                gaps.stream().filter(gap -> acceptedLoss.covers(gap).isEmpty()).toList();
        if (notCovered.isEmpty()) {
            lost.put(partition, gaps.get(0).range());
        } else {
            halts.addAll(notCovered);
        }
    }
}
