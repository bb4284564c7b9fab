package io.tributary.ingest.source;

import io.tributary.ingest.discovery.OffsetBounds;
import io.tributary.ingest.read.RangeReadTask;
import io.tributary.offsets.TopicIdentity;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the topics of a batch are still those that it was planned for. Between the planning and a repeated reading, a
 * job may have been down, and a topic may have been recreated. What the new topic holds at the planned offsets are other
 * records.
 *
 * @param answers of the data centers of the batch, by name
 */
record PlannedTopics(Map<String, OffsetBounds> answers) {

    /** Why a range must not be read; empty if its topic is the planned one, or has no identity. */
    Optional<String> problem(RangeReadTask range) {
        if (range.topicIdentity() == null) {
            return Optional.empty();
        }
        if (!answers.containsKey(range.dataCenter())) {
            return Optional.of(
                    "the data center did not say in time whether the topic is still the one that the batch was"
                            + " planned for");
        }
        TopicIdentity found = answers.get(range.dataCenter()).identityOf(range.kafkaTopic());
        return TopicIdentity.parse(range.topicIdentity()).differsFrom(found)
                ? Optional.of("the topic was recreated after the batch was planned; it is " + found + " now")
                : Optional.empty();
    }
}
