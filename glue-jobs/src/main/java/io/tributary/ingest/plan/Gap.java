package io.tributary.ingest.plan;

import io.tributary.config.AcceptedGap;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.TopicPartitionId;

/**
 * Offsets that were not read and that Kafka no longer holds, since retention or an operator deleted them. The partition
 * is halted until an operator accepts to skip them.
 *
 * @param position the first offset that is missing
 * @param held the first offset that exists again, in Kafka or in what was read before
 */
record Gap(TopicPartitionId partition, long position, long held) implements Halt {

    @Override
    public String topic() {
        return partition.topic();
    }

    OffsetRange range() {
        return new OffsetRange(partition, position, held);
    }

    @Override
    public String describe() {
        return "offsets " + position + " to " + (held - 1) + " of " + partition
                + " were deleted by Kafka before they were read; to go on without them, put accept_gaps: ["
                + new AcceptedGap(partition.topic(), partition.partition(), position, held)
                + "] into the entry of the data center";
    }
}
