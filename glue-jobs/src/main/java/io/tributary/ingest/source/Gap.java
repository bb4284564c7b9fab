package io.tributary.ingest.source;

import io.tributary.account.PartitionId;
import io.tributary.account.Positions;
import io.tributary.config.AcceptedGap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Records that a data centre's Kafka does not hold any more, or never held, though they come next.
 *
 * @param position the offset to be read next
 * @param held the nearest offset that Kafka has
 */
record Gap(PartitionId partition, long position, long held) {

    /**
     * The gaps between what comes next and what Kafka holds. A topic that the data centre was not asked for has left its
     * configuration: its positions are kept, and it is no gap.
     */
    static List<Gap> find(Positions next, Reach reach) {
        List<Gap> gaps = new ArrayList<>();
        Set<String> topics = reach.latest().offsets().keySet().stream()
                .map(PartitionId::topic)
                .collect(Collectors.toSet());
        for (Map.Entry<PartitionId, Long> entry : next.offsets().entrySet()) {
            PartitionId partition = entry.getKey();
            if (!topics.contains(partition.topic())) {
                continue;
            }
            long position = entry.getValue();
            long earliest = reach.earliest().of(partition).orElse(0L);
            long latest = reach.latest().of(partition).orElse(0L);
            if (position < earliest || position > latest) {
                gaps.add(new Gap(partition, position, position < earliest ? earliest : latest));
            }
        }
        return gaps;
    }

    /** The gap in words for an operator. */
    String words() {
        return position < held
                ? "offsets " + position + " to " + (held - 1) + " of " + partition
                        + " were deleted by Kafka before they were read; to go on without them, put \""
                        + new AcceptedGap(partition.topic(), partition.partition(), position, held)
                        + "\" into accept_gaps of the data centre"
                : "offset " + position + " of " + partition + " comes next and Kafka ends at " + held
                        + ": the topic was made anew or its log was cut";
    }
}
