package io.tributary.ingest.plan;

import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.TopicIdentity;

/**
 * A log that no longer holds what was read from it last, though that did not expire: other records stand, or will stand,
 * at these offsets.
 *
 * @param gone from the offset at which the log was cut to the position
 * @param next what would be begun
 */
record TruncatedLog(OffsetRange gone, TopicIdentity next) implements Halt {

    @Override
    public String topic() {
        return gone.partition().topic();
    }

    @Override
    public String describe() {
        return "offset " + gone.until() + " of " + gone.partition() + " comes next and the log was cut at "
                + gone.from() + ": an unclean election of a leader, a restored cluster, or a topic made anew. "
                + Halt.reset(topic(), next);
    }
}
