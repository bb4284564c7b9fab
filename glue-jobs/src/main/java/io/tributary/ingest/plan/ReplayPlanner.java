package io.tributary.ingest.plan;

import io.tributary.ingest.discovery.OffsetBounds;
import io.tributary.lake.replay.ReplayInput;
import io.tributary.lake.replay.ReplayRequest;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.PartitionOffsets;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.ReplayTopic;
import io.tributary.offsets.TopicIdentity;
import io.tributary.offsets.TopicName;
import io.tributary.offsets.TopicPartitionId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Plans what the next batch reads by request, beside what Kafka delivers: the oldest request first, until the share of
 * replays is used up. Where nothing new can be read, nothing is planned, and everything else goes on.
 */
public final class ReplayPlanner {

    /** How many bytes of a file count as a record. */
    public static final long BYTES_PER_RECORD = 1024;

    private final ReadProgress before;
    private final Map<String, OffsetBounds> answers;
    private final Predicate<TopicPartitionId> isResting;
    private final SortedMap<TopicName, TopicIdentity> identities = new TreeMap<>();
    private final SortedMap<TopicPartitionId, Long> newPartitions = new TreeMap<>();
    private final SortedSet<OffsetRange> read = new TreeSet<>();
    private final SortedSet<OffsetRange> lost = new TreeSet<>();
    private long left;

    private ReplayPlanner(
            ReadProgress before,
            Map<String, OffsetBounds> answers,
            Predicate<TopicPartitionId> isResting,
            long maxRecords) {
        this.before = before;
        this.answers = answers;
        this.isResting = isResting;
        this.left = maxRecords;
    }

    /**
     * Makes the plan.
     *
     * @param requests oldest first
     * @param before positions and pending ranges before the batch
     * @param answers of the data centers that are read and answered
     * @param isResting which partitions could not be read and are to be left out for a while
     * @param maxRecords that the batch may read by request
     */
    public static BatchPlan plan(
            List<ReplayRequest> requests,
            ReadProgress before,
            Map<String, OffsetBounds> answers,
            Predicate<TopicPartitionId> isResting,
            long maxRecords) {
        ReplayPlanner planner = new ReplayPlanner(before, answers, isResting, maxRecords);
        requests.forEach(request -> request.inputs().forEach(planner::input));
        return new BatchPlan(
                planner.identities,
                new PartitionOffsets(planner.newPartitions),
                planner.read,
                planner.lost,
                new TreeSet<>(),
                new TreeSet<>(),
                List.of());
    }

    private void input(ReplayInput input) {
        TopicPartitionId partition = input.partition();
        if (left <= 0 || isResting.test(partition) || !isReadable(input)) {
            return;
        }
        Optional<Long> position = before.positions().of(partition);
        if (position.isEmpty()) {
            newPartitions.put(partition, input.offsets().from());
            identify(input);
            return;
        }
        rest(input, position.get()).ifPresent(rest -> {
            long earliest = earliest(input);
            if (rest.from() < earliest) {
                lost.add(new OffsetRange(partition, rest.from(), Math.min(rest.until(), earliest)));
            } else {
                long unit = input.file().isPresent() ? BYTES_PER_RECORD : 1;
                long until = Math.min(rest.until(), rest.from() + left * unit);
                read.add(new OffsetRange(partition, rest.from(), until));
                left -= Math.max(1, (until - rest.from()) / unit);
            }
            identify(input);
        });
    }

    /** What is to be read next: what was deferred, else what follows the position. */
    private Optional<OffsetRange> rest(ReplayInput input, long position) {
        List<OffsetRange> pending = before.pendingOf(input.partition());
        if (!pending.isEmpty()) {
            return Optional.of(pending.get(0));
        }
        return position < input.offsets().until()
                ? Optional.of(new OffsetRange(
                        input.partition(), position, input.offsets().until()))
                : Optional.empty();
    }

    /** Offsets mean the same records only while the topic is the one that it was. */
    private boolean isReadable(ReplayInput input) {
        return input.identity().isEmpty()
                || bounds(input)
                        .filter(bounds -> !TopicIdentity.parse(input.identity().get())
                                .differsFrom(
                                        bounds.identityOf(kafkaPartition(input).topic())))
                        .filter(bounds ->
                                bounds.earliest().of(kafkaPartition(input)).isPresent())
                        .isPresent();
    }

    private long earliest(ReplayInput input) {
        return bounds(input)
                .filter(bounds -> input.file().isEmpty())
                .flatMap(bounds -> bounds.earliest().of(kafkaPartition(input)))
                .orElse(0L);
    }

    private Optional<OffsetBounds> bounds(ReplayInput input) {
        return Optional.ofNullable(answers.get(input.partition().dataCenter()));
    }

    private static TopicPartitionId kafkaPartition(ReplayInput input) {
        TopicPartitionId partition = input.partition();
        return new TopicPartitionId(
                partition.dataCenter(), ReplayTopic.kafkaTopic(partition.topic()), partition.partition());
    }

    private void identify(ReplayInput input) {
        input.identity()
                .ifPresent(identity -> identities.put(TopicName.of(input.partition()), TopicIdentity.parse(identity)));
    }
}
