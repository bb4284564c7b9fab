package io.tributary.ingest.source;

import io.tributary.ingest.discovery.OffsetFetcher;
import io.tributary.offsets.ReplayTopic;
import io.tributary.offsets.TopicIdentity;
import io.tributary.offsets.TopicName;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Proves, once a batch is read, that its records are those of the planned topics. Between planning and reading a topic
 * may have been deleted and recreated, and a consumer goes on in the new topic without a word. An id never comes back,
 * so a topic that still has the planned one had it all the while.
 */
public final class TopicsAfterReading {

    private static final Logger LOG = LoggerFactory.getLogger(TopicsAfterReading.class);

    private final OffsetFetcher offsetFetcher;
    private final Duration timeout;

    /** @param timeout how long the data centers have to answer */
    TopicsAfterReading(OffsetFetcher offsetFetcher, Duration timeout) {
        this.offsetFetcher = offsetFetcher;
        this.timeout = timeout;
    }

    /**
     * Asks the data centers whose records were read. One that does not answer holds up nobody: its topics are compared
     * with the planned ones at the next trigger that it answers.
     *
     * @param read the topics of which records were read, as they were planned
     * @throws IllegalStateException if one of them was recreated; the batch then begins again and defers its ranges
     */
    public void require(SortedMap<TopicName, TopicIdentity> read) {
        Set<String> names =
                read.keySet().stream().map(TopicName::dataCenter).collect(Collectors.toCollection(TreeSet::new));
        SortedMap<String, SortedMap<String, TopicIdentity>> answers = ask(names);
        for (Map.Entry<TopicName, TopicIdentity> topic : read.entrySet()) {
            String name = topic.getKey().dataCenter();
            if (!answers.containsKey(name)) {
                LOG.warn(
                        "ingest[dc={}]: did not say after the reading whether topic {} is still the one that was planned;"
                                + " what was read of it is taken for that",
                        name,
                        topic.getKey().topic());
                continue;
            }
            // What was read of a topic that is gone was its own.
            Optional.ofNullable(answers.get(name)
                            .get(ReplayTopic.kafkaTopic(topic.getKey().topic())))
                    .filter(topic.getValue()::differsFrom)
                    .ifPresent(found -> {
                        throw new IllegalStateException("Topic " + topic.getKey()
                                + " was recreated while a batch read it: it was " + topic.getValue() + " and is "
                                + found
                                + ". The batch begins again without it; nothing of the batch was written.");
                    });
        }
    }

    private SortedMap<String, SortedMap<String, TopicIdentity>> ask(Set<String> names) {
        try {
            return offsetFetcher.identities(names, timeout);
        } catch (InterruptedException e) {
            throw DataCentersStream.stopped(e);
        }
    }
}
