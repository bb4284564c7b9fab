package io.tributary.config;

import io.tributary.config.yaml.Quoted;
import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A trip of the breaker after which an operator lets reading go on, although most records are rejected.
 *
 * @param from the offset with which the trip began, as the job reports it
 */
public record AcceptedRejects(String topic, int partition, long from) implements Serializable {

    private static final Pattern TEXT = Pattern.compile("(\\S+)-(\\d{1,9}) from offset (\\d{1,18})");

    public AcceptedRejects {
        DataCenter.requireTopic(topic);
    }

    /** Reads a trip as the job reports it, for example {@code events-0 from offset 100}. */
    public static AcceptedRejects parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(Quoted.of(text)
                    + " is not a trip of the breaker; copy it from the job's report, for example events-0"
                    + " from offset 100");
        }
        return new AcceptedRejects(
                matcher.group(1), Integer.parseInt(matcher.group(2)), Long.parseLong(matcher.group(3)));
    }

    /** The text that {@link #parse} reads. */
    @Override
    public String toString() {
        return topic + "-" + partition + " from offset " + from;
    }
}
