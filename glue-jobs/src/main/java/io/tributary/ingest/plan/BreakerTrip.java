package io.tributary.ingest.plan;

import io.tributary.config.AcceptedRejects;
import io.tributary.offsets.TopicPartitionId;

/**
 * Most of what a data center delivered was rejected, so it is halted before the rest follows. Its records stay in Kafka
 * until an operator decides.
 *
 * @param partition whose records were rejected first
 * @param from the first offset of the batch's range in which that began
 * @param words how many were rejected, of how many
 */
record BreakerTrip(TopicPartitionId partition, long from, String words) implements Halt {

    @Override
    public String topic() {
        return partition.topic();
    }

    AcceptedRejects acceptance() {
        return new AcceptedRejects(partition.topic(), partition.partition(), from);
    }

    @Override
    public String describe() {
        return words + ", beginning at " + partition + " offset " + from
                + ", so nothing more of the data center is read;"
                + " tributary quarantine list says why they were rejected. Mend the producer or the configuration; to go"
                + " on, type tributary dc resume " + partition.dataCenter() + ", which puts accept_rejects: ["
                + acceptance() + "] into its entry. What was rejected"
                + " comes back by tributary quarantine replay";
    }
}
