package io.tributary.ingest.source;

import io.tributary.account.Frontier;
import io.tributary.account.OffsetRange;
import io.tributary.account.PartitionId;
import io.tributary.account.Positions;
import io.tributary.account.TopicIdentity;
import io.tributary.account.TopicName;
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
 *  another topic under the name? ─► its log was cut? ─► accepted: begin anew │ not: the topic stands still
 *        └─ no ─► partition by partition: a gap? ─► accepted: lost │ never read: expired │ not: it stands still
 *                      └─ no ─► what waits, or what is new
 * </pre>
 *
 * A partition does one thing a batch: it gives up a range, reads one that was deferred, or goes on from its position.
 */
final class BatchPlanner {

    private final String dataCenter;
    private final Frontier frontier;
    private final Reach reach;
    private final Acceptances acceptances;
    private final Positions known;
    private final SortedMap<TopicName, TopicIdentity> identities = new TreeMap<>();
    private final SortedMap<PartitionId, Long> begun = new TreeMap<>();
    private final SortedMap<PartitionId, OffsetRange> readable = new TreeMap<>();
    private final SortedMap<PartitionId, OffsetRange> lost = new TreeMap<>();
    private final SortedMap<PartitionId, OffsetRange> expired = new TreeMap<>();
    private final SortedSet<OffsetRange> truncated = new TreeSet<>();
    private final List<Stop> stops = new ArrayList<>();

    private BatchPlanner(String dataCenter, Frontier frontier, Reach reach, Acceptances acceptances) {
        this.dataCenter = dataCenter;
        this.frontier = frontier;
        this.reach = reach;
        this.acceptances = acceptances;
        this.known = frontier.positions().dataCenter(dataCenter);
    }

    /**
     * The plan.
     *
     * @param frontier what is read and what waits, before the batch
     * @param share how much the data center may contribute
     * @param acceptances what the operator accepted
     */
    static BatchPlan plan(String dataCenter, Frontier frontier, Reach reach, FairShare share, Acceptances acceptances) {
        BatchPlanner planner = new BatchPlanner(dataCenter, frontier, reach, acceptances);
        reach.topics().forEach(planner::topic);
        return new BatchPlan(
                planner.identities,
                new Positions(planner.begun),
                share.of(planner.readable),
                new TreeSet<>(planner.lost.values()),
                new TreeSet<>(planner.expired.values()),
                planner.truncated,
                planner.stops);
    }

    private void topic(String topic) {
        TopicName name = new TopicName(dataCenter, topic);
        TopicIdentity told = reach.identityOf(topic);
        TopicIdentity before = frontier.identities().getOrDefault(name, told);
        if (before.differsFrom(told)) {
            resetOrStop(
                    name,
                    before.successor(told),
                    List.of(new OtherTopic(name, before, before.successor(told), new Positions(positionsOf(topic)))));
            return;
        }
        List<OffsetRange> cut = truncations(topic);
        if (!cut.isEmpty()) {
            TopicIdentity next = before.successor(before.completedBy(told));
            List<Stop> logs =
                    cut.stream().<Stop>map(gone -> new TruncatedLog(gone, next)).toList();
            if (!resetOrStop(name, next, logs)) {
                cut.stream()
                        .filter(gone -> frontier.truncated().stream()
                                .noneMatch(older -> older.partition().equals(gone.partition())))
                        .forEach(truncated::add);
            }
            identities.putIfAbsent(name, before);
            return;
        }
        identities.put(name, before.completedBy(told));
        begin(topic, known.isEmpty() ? reach.start() : reach.earliest());
        positionsOf(topic).forEach(this::partition);
    }

    private SortedMap<PartitionId, Long> positionsOf(String topic) {
        SortedMap<PartitionId, Long> own = new TreeMap<>(known.offsets());
        own.keySet().removeIf(partition -> !partition.topic().equals(topic));
        return own;
    }

    /** Logs that were found cut, before or now. Once found they stay so, however long they grow again. */
    private List<OffsetRange> truncations(String topic) {
        SortedMap<PartitionId, OffsetRange> found = new TreeMap<>();
        frontier.truncated().forEach(gone -> found.put(gone.partition(), gone));
        reach.truncated().stream()
                .filter(gone -> known.of(gone.partition())
                        .filter(position -> position == gone.until())
                        .isPresent())
                .forEach(gone -> found.putIfAbsent(gone.partition(), gone));
        positionsOf(topic).forEach((partition, position) -> {
            Optional<Long> end = reach.partitions().contains(partition)
                    ? reach.end().of(partition)
                    : Optional.of(0L); // A topic never loses partitions.
            end.filter(offset -> offset < position)
                    .ifPresent(offset -> found.putIfAbsent(partition, new OffsetRange(partition, offset, position)));
        });
        return found.values().stream()
                .filter(gone -> gone.partition().dataCenter().equals(dataCenter)
                        && gone.partition().topic().equals(topic))
                .toList();
    }

    /** Begins a topic anew if that is accepted, once what waited of the old one is given up. */
    private boolean resetOrStop(TopicName name, TopicIdentity next, List<Stop> reasons) {
        if (!acceptances.allow(name.topic(), next)) {
            stops.addAll(reasons);
            return false;
        }
        frontier.nextWaitingOf(dataCenter).forEach((partition, range) -> {
            if (partition.topic().equals(name.topic())) {
                lost.put(partition, range);
            }
        });
        if (lost.keySet().stream()
                .noneMatch(partition -> TopicName.of(partition).equals(name))) {
            reach.earliest().offsets().forEach((partition, offset) -> {
                if (partition.topic().equals(name.topic())) {
                    begun.put(partition, offset);
                    identities.put(name, next);
                }
            });
        }
        return true;
    }

    /** Only the start of a data center is a matter of configuration; what it adds later is read whole. */
    private void begin(String topic, Positions start) {
        start.offsets().forEach((partition, offset) -> {
            if (partition.topic().equals(topic) && known.of(partition).isEmpty()) {
                begun.put(partition, offset);
            }
        });
    }

    private void partition(PartitionId partition, long position) {
        Optional<Long> latest = reach.latest().of(partition);
        Optional<Long> earliest = reach.earliest().of(partition);
        if (latest.isEmpty() || earliest.isEmpty()) {
            return; // It does not answer now.
        }
        List<Gap> gaps = gaps(partition, position, earliest.get());
        if (!gaps.isEmpty()) {
            giveUpOrStop(partition, gaps);
            return;
        }
        List<OffsetRange> waiting = frontier.waitingOf(partition);
        if (!waiting.isEmpty()) {
            readable.put(partition, waiting.get(0));
        } else if (latest.get() > position) {
            readable.put(partition, new OffsetRange(partition, position, latest.get()));
        }
    }

    private List<Gap> gaps(PartitionId partition, long position, long earliest) {
        List<Gap> gaps = new ArrayList<>();
        frontier.waitingOf(partition).stream()
                .filter(range -> range.from() < earliest)
                .map(range -> new Gap(partition, range.from(), Math.min(range.until(), earliest)))
                .forEach(gaps::add);
        if (position < earliest) {
            gaps.add(new Gap(partition, position, earliest));
        }
        return gaps;
    }

    private void giveUpOrStop(PartitionId partition, List<Gap> gaps) {
        if (frontier.unread().contains(partition)) {
            // Nobody was promised what was gone before the first reading.
            expired.put(partition, gaps.get(0).range());
            return;
        }
        List<Gap> notCovered =
                gaps.stream().filter(gap -> acceptances.covers(gap).isEmpty()).toList();
        if (notCovered.isEmpty()) {
            lost.put(partition, gaps.get(0).range());
        } else {
            stops.addAll(notCovered);
        }
    }
}
