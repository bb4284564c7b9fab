package io.tributary.ingest.plan;

import io.tributary.config.AcceptedReset;
import io.tributary.offsets.TopicIdentity;

/** Why a partition or a topic is not read until an operator decides. Nothing of it is skipped by itself. */
public sealed interface Halt permits Gap, ReplacedTopic, TruncatedLog {

    String topic();

    /** What is wrong, with coordinates, and what to do, for an operator. */
    String describe();

    /** What an operator does to have a topic begun anew. */
    static String reset(String topic, TopicIdentity identity) {
        return "To begin it anew at its start, put accept_reset: [" + new AcceptedReset(topic, identity.toString())
                + "] into the entry of the data center; records that are read again are known as duplicates";
    }
}
