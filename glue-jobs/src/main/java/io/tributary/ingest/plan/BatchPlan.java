package io.tributary.ingest.plan;

import io.tributary.offsets.BatchProgress;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.PartitionOffsets;
import io.tributary.offsets.TopicIdentity;
import io.tributary.offsets.TopicName;
import io.tributary.offsets.TopicPartitionId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What the next batch does in one data center.
 *
 * @param identities of the topics that it reads, begins or restarts
 * @param newPartitions partitions that begin, for the first time or after a reset
 * @param read the ranges to read, both new and deferred before
 * @param lost the ranges that Kafka no longer has and an operator accepted to skip
 * @param expired the ranges that retention deleted before anything of their partition was read
 * @param truncated truncated logs that this batch finds
 * @param halts the halted topics and partitions, and why; everything else goes on
 */
public record BatchPlan(
        SortedMap<TopicName, TopicIdentity> identities,
        PartitionOffsets newPartitions,
        SortedSet<OffsetRange> read,
        SortedSet<OffsetRange> lost,
        SortedSet<OffsetRange> expired,
        SortedSet<OffsetRange> truncated,
        List<Halt> halts) {

    static final BatchPlan NOTHING = new BatchPlan(
            new TreeMap<>(),
            PartitionOffsets.EMPTY,
            new TreeSet<>(),
            new TreeSet<>(),
            new TreeSet<>(),
            new TreeSet<>(),
            List.of());

    public BatchPlan {
        identities = Collections.unmodifiableSortedMap(new TreeMap<>(identities));
        read = sorted(read);
        lost = sorted(lost);
        expired = sorted(expired);
        truncated = sorted(truncated);
        halts = List.copyOf(halts);
    }

    private static SortedSet<OffsetRange> sorted(Collection<OffsetRange> ranges) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(ranges));
    }

    /** Combines the plans of several data centers. */
    public static BatchPlan all(Collection<BatchPlan> plans) {
        SortedMap<TopicName, TopicIdentity> identities = new TreeMap<>();
        SortedMap<TopicPartitionId, Long> newPartitions = new TreeMap<>();
        plans.forEach(plan -> {
            identities.putAll(plan.identities);
            newPartitions.putAll(plan.newPartitions.offsets());
        });
        return new BatchPlan(
                identities,
                new PartitionOffsets(newPartitions),
                union(plans, BatchPlan::read),
                union(plans, BatchPlan::lost),
                union(plans, BatchPlan::expired),
                union(plans, BatchPlan::truncated),
                plans.stream().flatMap(plan -> plan.halts.stream()).toList());
    }

    private static SortedSet<OffsetRange> union(
            Collection<BatchPlan> plans, Function<BatchPlan, SortedSet<OffsetRange>> part) {
        return plans.stream().flatMap(plan -> part.apply(plan).stream()).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The effect on the read progress, if every planned range can be read. */
    public BatchProgress progress() {
        return BatchProgress.NONE
                .withIdentities(identities)
                .withNewPartitions(newPartitions)
                .withRead(read)
                .withLost(lost)
                .withExpired(expired)
                .withTruncated(truncated);
    }

    /** The same plan without some ranges, which a later batch reads. */
    public BatchPlan without(Predicate<OffsetRange> resting) {
        return new BatchPlan(
                identities,
                newPartitions,
                new TreeSet<>(read.stream().filter(resting.negate()).toList()),
                lost,
                expired,
                truncated,
                halts);
    }

    /** Nothing but that, and why, beside what is halted anyway. */
    BatchPlan halted(Halt reason) {
        List<Halt> all = new ArrayList<>(halts);
        all.add(reason);
        return new BatchPlan(
                NOTHING.identities,
                NOTHING.newPartitions,
                NOTHING.read,
                NOTHING.lost,
                NOTHING.expired,
                NOTHING.truncated,
                all);
    }

    /** Whether the plan changes nothing. */
    public boolean isEmpty() {
        return newPartitions.isEmpty() && read.isEmpty() && lost.isEmpty() && expired.isEmpty() && truncated.isEmpty();
    }
}
