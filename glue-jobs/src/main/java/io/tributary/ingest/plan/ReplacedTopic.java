package io.tributary.ingest.plan;

import io.tributary.offsets.PartitionOffsets;
import io.tributary.offsets.TopicIdentity;
import io.tributary.offsets.TopicName;
import java.util.stream.Collectors;

/**
 * A topic that was recreated, or that belongs to another cluster, under the name of the topic that was read.
 *
 * @param known the identity of the topic that was read
 * @param next the identity that a reset would begin
 * @param positions how far the old topic was read
 */
record ReplacedTopic(TopicName name, TopicIdentity known, TopicIdentity next, PartitionOffsets positions)
        implements Halt {

    @Override
    public String topic() {
        return name.topic();
    }

    @Override
    public String describe() {
        boolean sameCluster = known.clusterId().equals(next.clusterId());
        return "topic " + name + (sameCluster ? " was recreated: it was " : " is on another cluster: it was ") + known
                + ", read up to "
                + positions.offsets().entrySet().stream()
                        .map(entry -> "offset " + entry.getValue() + " of partition "
                                + entry.getKey().partition())
                        .collect(Collectors.joining(", "))
                + ", and is " + next.clusterId() + "/" + next.topicId() + " now, so these offsets mean nothing in it. "
                + Halt.reset(name.topic(), next);
    }
}
