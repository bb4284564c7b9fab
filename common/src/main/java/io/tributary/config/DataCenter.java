package io.tributary.config;

import io.tributary.config.kafka.BootstrapServers;
import io.tributary.config.kafka.KafkaOptions;
import io.tributary.config.yaml.Quoted;
import java.io.Serializable;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One data center's Kafka and what is read from it.
 *
 * @param pausedUntil when a pause ends by itself; {@link #UNTIL_RESUMED} if it does not, or there is none
 * @param acceptedGaps offsets that an operator accepted to skip, because Kafka has deleted them
 * @param acceptedResets topics that an operator restarts, because their stored offsets have lost their meaning
 * @param acceptedRejects trips of the breaker after which an operator lets reading go on
 * @param event where its records have the event's own fields, if otherwise than the pipeline file says
 * @param registry of the schemas of its records; null if it has none
 * @param kafka consumer options without the prefix {@code kafka.}; values may hold references that {@link Secrets}
 *     resolves, and never a secret itself
 */
public record DataCenter(
        String name,
        String bootstrapServers,
        List<String> topics,
        StartingOffsets start,
        State state,
        Instant pausedUntil,
        List<AcceptedGap> acceptedGaps,
        List<AcceptedReset> acceptedResets,
        List<AcceptedRejects> acceptedRejects,
        EventOverrides event,
        RegistryConfig registry,
        Map<String, String> kafka)
        implements Serializable {

    /** Whether the data center is read. */
    public enum State {
        ACTIVE,
        /** Keeps its offsets and contributes nothing. */
        PAUSED
    }

    /** The end of a pause that an operator has to end. */
    public static final Instant UNTIL_RESUMED = Instant.MAX;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}");
    private static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}");

    /** A data center that is active, or paused until somebody resumes it. */
    public DataCenter(
            String name,
            String bootstrapServers,
            List<String> topics,
            StartingOffsets start,
            State state,
            List<AcceptedGap> acceptedGaps,
            List<AcceptedReset> acceptedResets,
            Map<String, String> kafka) {
        this(name, bootstrapServers, topics, start, state, UNTIL_RESUMED, acceptedGaps, acceptedResets, kafka);
    }

    /** A data center without a trip of the breaker. */
    public DataCenter(
            String name,
            String bootstrapServers,
            List<String> topics,
            StartingOffsets start,
            State state,
            Instant pausedUntil,
            List<AcceptedGap> acceptedGaps,
            List<AcceptedReset> acceptedResets,
            Map<String, String> kafka) {
        this(
                name,
                bootstrapServers,
                topics,
                start,
                state,
                pausedUntil,
                acceptedGaps,
                acceptedResets,
                List.of(),
                EventOverrides.NONE,
                null,
                kafka);
    }

    public DataCenter {
        requireName(name);
        bootstrapServers = BootstrapServers.require(bootstrapServers);
        topics = List.copyOf(topics);
        topics.forEach(DataCenter::requireTopic);
        if (topics.isEmpty()) {
            throw new IllegalArgumentException("data center " + name + " has no topics; give at least one");
        }
        if (state == State.ACTIVE && !pausedUntil.equals(UNTIL_RESUMED)) {
            throw new IllegalArgumentException("data center " + name + " is active, so no pause of it can end");
        }
        acceptedGaps = List.copyOf(acceptedGaps);
        acceptedResets = List.copyOf(acceptedResets);
        acceptedRejects = List.copyOf(acceptedRejects);
        KafkaOptions.requireAll(kafka);
        kafka = Collections.unmodifiableMap(new TreeMap<>(kafka));
    }

    /** The same data center by some of its servers. */
    public DataCenter servedBy(String servers) {
        return new DataCenter(
                name,
                servers,
                topics,
                start,
                state,
                pausedUntil,
                acceptedGaps,
                acceptedResets,
                acceptedRejects,
                event,
                registry,
                kafka);
    }

    /** Whether it is to be read at a moment: it is active, or its pause is over. */
    public boolean isReadAt(Instant moment) {
        return state == State.ACTIVE || !moment.isBefore(pausedUntil);
    }

    /** Whether it is read, now or later, without another change of the file. */
    public boolean isEverRead() {
        return state == State.ACTIVE || !pausedUntil.equals(UNTIL_RESUMED);
    }

    /**
     * The name itself.
     *
     * @throws IllegalArgumentException if a data center cannot have it
     */
    public static String requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(Quoted.of(name)
                    + " is not a data center's name; write letters, digits, _, . and -, starting with a letter or a"
                    + " digit, at most 63 characters");
        }
        return name;
    }

    static String requireTopic(String topic) {
        if (!TOPIC.matcher(topic).matches()) {
            throw new IllegalArgumentException(Quoted.of(topic)
                    + " is not a Kafka topic's name; write letters, digits, _, . and -, at most 249 characters");
        }
        return topic;
    }
}
