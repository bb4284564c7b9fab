package io.tributary.offsets;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which topic of which cluster offsets belong to: they mean something only within one. A topic that is made anew, or
 * another cluster behind the same address, has offsets of its own under the same names.
 *
 * @param clusterId as the brokers tell it; {@link #UNTOLD} if they do not
 * @param topicId as the brokers tell it, since Kafka 2.8; {@link #UNTOLD} if they do not
 * @param generation how often the topic was begun anew with an operator's acceptance. It keeps coordinates unique where
 *     the ids cannot: a log that was cut short keeps its ids, and old brokers tell none.
 */
public record TopicIdentity(String clusterId, String topicId, int generation) {

    public static final String UNTOLD = "-";

    private static final Pattern TEXT = Pattern.compile("([^/\\s]+)/([^/\\s]+?)(?:/([1-9]\\d{0,8}))?");

    public TopicIdentity {
        if (generation < 0) {
            throw new IllegalArgumentException("no generation: " + generation);
        }
    }

    /** A topic that is met for the first time. */
    public static TopicIdentity first(String clusterId, String topicId) {
        return new TopicIdentity(clusterId, topicId, 0);
    }

    /** Whether what the brokers tell now is another topic or another cluster. What is untold contradicts nothing. */
    public boolean differsFrom(TopicIdentity told) {
        return differs(clusterId, told.clusterId) || differs(topicId, told.topicId);
    }

    private static boolean differs(String known, String told) {
        return !known.equals(told) && !known.equals(UNTOLD) && !told.equals(UNTOLD);
    }

    /** This identity with the ids that were not known before. */
    public TopicIdentity completedBy(TopicIdentity told) {
        return new TopicIdentity(
                clusterId.equals(UNTOLD) ? told.clusterId : clusterId,
                topicId.equals(UNTOLD) ? told.topicId : topicId,
                generation);
    }

    /** The identity of what is read after a reset from this one to what the brokers tell now. */
    public TopicIdentity successor(TopicIdentity told) {
        return new TopicIdentity(told.clusterId, told.topicId, generation + 1);
    }

    boolean isSuccessorOf(TopicIdentity known) {
        return generation == known.generation + 1;
    }

    /** @throws IllegalArgumentException if the text is not of the form that {@link #toString} has */
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
