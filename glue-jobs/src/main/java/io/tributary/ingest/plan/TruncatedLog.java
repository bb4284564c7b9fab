package io.tributary.ingest.plan;

import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.TopicIdentity;

/**
 * A log that no longer holds the last records that were read from it, although retention did not delete them. Other
 * records are, or will be, at these offsets.
 *
 * @param gone from the offset at which the log was truncated to the position
 * @param next the identity that a reset would begin
 */
record TruncatedLog(OffsetRange gone, TopicIdentity next) implements Halt {

    @Override
    public String topic() {
        return gone.partition().topic();
    }

    @Override
    public String describe() {
        return "offset " + gone.until() + " of " + gone.partition() + " comes next and the log was cut at "
                + gone.from() + ": an unclean election of a leader, a restored cluster, or a recreated topic. "
                + Halt.reset(topic(), next);
    }
}
