package io.tributary.offsets;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The topic and the cluster that offsets belong to. Offsets are meaningful only within one topic of one cluster. A
 * recreated topic, or another cluster at the same address, has other offsets under the same names.
 *
 * @param clusterId as the brokers report it; {@link #UNTOLD} if they do not
 * @param topicId as the brokers report it, since Kafka 2.8; {@link #UNTOLD} if they do not
 * @param generation how often an operator accepted a restart of the topic. It keeps coordinates unique where the ids
 *     cannot: a truncated log keeps its ids, and old brokers report none
 */
public record TopicIdentity(String clusterId, String topicId, int generation) {

    public static final String UNTOLD = "-";

    private static final Pattern TEXT = Pattern.compile("([^/\\s]+)/([^/\\s]+?)(?:/([1-9]\\d{0,8}))?");

    public TopicIdentity {
        if (generation < 0) {
            throw new IllegalArgumentException("no generation: " + generation);
        }
    }

    /** The identity of a new topic. */
    public static TopicIdentity first(String clusterId, String topicId) {
        return new TopicIdentity(clusterId, topicId, 0);
    }

    /** Whether the brokers report another topic or another cluster now. An id that is not reported matches every id. */
    public boolean differsFrom(TopicIdentity told) {
        return differs(clusterId, told.clusterId) || differs(topicId, told.topicId);
    }

    private static boolean differs(String known, String told) {
        return !known.equals(told) && !known.equals(UNTOLD) && !told.equals(UNTOLD);
    }

    /** This identity, completed with ids that were unknown before. */
    public TopicIdentity completedBy(TopicIdentity told) {
        return new TopicIdentity(
                clusterId.equals(UNTOLD) ? told.clusterId : clusterId,
                topicId.equals(UNTOLD) ? told.topicId : topicId,
                generation);
    }

    /** The identity that begins with a reset from this one to the one that the brokers report now. */
    public TopicIdentity successor(TopicIdentity told) {
        return new TopicIdentity(told.clusterId, told.topicId, generation + 1);
    }

    boolean isSuccessorOf(TopicIdentity known) {
        return generation == known.generation + 1;
    }

    /** @throws IllegalArgumentException if the text does not have the form of {@link #toString} */
    public static TopicIdentity parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a topic's identity: " + text);
        }
        String generation = matcher.group(3);
        return new TopicIdentity(
                matcher.group(1), matcher.group(2), generation == null ? 0 : Integer.parseInt(generation));
    }

    /** {@code clusterId/topicId}, and {@code /generation} after a reset. */
    @Override
    public String toString() {
        return clusterId + "/" + topicId + (generation == 0 ? "" : "/" + generation);
    }
}
