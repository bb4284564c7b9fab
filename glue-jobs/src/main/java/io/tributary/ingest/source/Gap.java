package io.tributary.ingest.source;

import io.tributary.account.Frontier;
import io.tributary.account.PartitionId;
import io.tributary.config.AcceptedGap;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Records that a data centre's Kafka does not hold any more, or never held, though they come next.
 *
 * @param position the first offset that is missing
 * @param held where what Kafka has, or what was read before, begins or ends nearest to it
 */
record Gap(PartitionId partition, long position, long held) {

    /**
     * The gaps between what a data centre has still to be read and what its Kafka holds. A topic that it was not asked
     * for has left its configuration: its positions are kept, and it is no gap.
     */
    static List<Gap> find(String dataCenter, Frontier frontier, Reach reach) {
        List<Gap> gaps = new ArrayList<>();
        Set<String> topics = reach.latest().offsets().keySet().stream()
                .map(PartitionId::topic)
                .collect(Collectors.toSet());
        frontier.positions().dataCenter(dataCenter).offsets().forEach((partition, position) -> {
            if (topics.contains(partition.topic())) {
                long earliest = reach.earliest().of(partition).orElse(0L);
                long latest = reach.latest().of(partition).orElse(0L);
                frontier.waitingOf(partition).stream()
                        .filter(range -> range.from() < earliest)
                        .map(range -> new Gap(partition, range.from(), Math.min(range.until(), earliest)))
                        .forEach(gaps::add);
                if (position < earliest || position > latest) {
                    gaps.add(new Gap(partition, position, position < earliest ? earliest : latest));
                }
            }
        });
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
