package io.tributary.ingest.plan;

import io.tributary.config.AcceptedReset;
import io.tributary.offsets.TopicIdentity;

/** Why a partition or topic is halted until an operator decides. Nothing of it is skipped automatically. */
public sealed interface Halt permits Gap, BreakerTrip, ReplacedTopic, TruncatedLog {

    String topic();

    /** The problem, with coordinates, and the remedy, for an operator. */
    String describe();

    /** How an operator restarts the topic. */
    static String reset(String topic, TopicIdentity identity) {
        return "To restart it at its earliest offset, put accept_reset: ["
                + new AcceptedReset(topic, identity.toString())
                + "] into the entry of the data center; records that are read again are known as duplicates";
    }
}
