package io.tributary.offsets;

import java.util.Optional;

/**
 * What stands in place of a topic where records are read by request, not because Kafka has new ones. Kafka allows no
 * colon in the name of a topic, so none of these is one.
 *
 * <pre>
 *  replay:ID         records of the quarantine, kept in a file; positions in it
 *  replay:ID/TOPIC   records of a topic that are read again; offsets of the topic
 *  backfill:ID       records of files that never were in Kafka; positions in them
 * </pre>
 */
public final class ReplayTopic {

    private static final String REPLAY = "replay:";
    private static final String BACKFILL = "backfill:";
    private static final char OF = '/';

    private ReplayTopic() {}

    public static String ofQuarantine(String request) {
        return REPLAY + request;
    }

    public static String ofKafka(String request, String topic) {
        return REPLAY + request + OF + topic;
    }

    public static String ofFiles(String request) {
        return BACKFILL + request;
    }

    /** Whether records are read by request; false for a topic of Kafka. */
    public static boolean isByRequest(String topic) {
        return topic.indexOf(':') >= 0;
    }

    /** Whether the records keep the coordinates of an earlier reading. */
    public static boolean isAgain(String topic) {
        return topic.startsWith(REPLAY);
    }

    /** Whether the records are in a file; false if they are in Kafka. */
    public static boolean isOfFile(String topic) {
        return isByRequest(topic) && topic.indexOf(OF) < 0;
    }

    /** The topic in Kafka; the name itself if it does not stand for one. */
    public static String kafkaTopic(String topic) {
        return isByRequest(topic) ? topic.substring(topic.indexOf(OF) + 1) : topic;
    }

    /** The request; empty for a topic of Kafka. */
    public static Optional<String> request(String topic) {
        if (!isByRequest(topic)) {
            return Optional.empty();
        }
        int end = topic.indexOf(OF);
        return Optional.of(topic.substring(topic.indexOf(':') + 1, end < 0 ? topic.length() : end));
    }
}
