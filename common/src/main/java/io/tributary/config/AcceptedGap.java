package io.tributary.config;

import io.tributary.config.yaml.Quoted;
import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Offsets of one partition that an operator accepted to skip, because Kafka deleted their records before they were
 * read.
 *
 * @param from the first, inclusive
 * @param until the last, exclusive
 */
public record AcceptedGap(String topic, int partition, long from, long until) implements Serializable {

    private static final Pattern TEXT = Pattern.compile("(\\S+)-(\\d{1,9}) offsets (\\d{1,18}) to (\\d{1,18})");

    public AcceptedGap {
        DataCenter.requireTopic(topic);
        if (from >= until) {
            throw new IllegalArgumentException("the gap of " + topic + "-" + partition + " ends before it begins");
        }
    }

    /** Reads a gap as the job reports it, for example {@code events-0 offsets 100 to 249}, both inclusive. */
    public static AcceptedGap parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(Quoted.of(text)
                    + " is not a gap; copy it from the job's report, for example events-0 offsets 100 to" + " 249");
        }
        return new AcceptedGap(
                matcher.group(1),
                Integer.parseInt(matcher.group(2)),
                Long.parseLong(matcher.group(3)),
                Long.parseLong(matcher.group(4)) + 1);
    }

    /** The text that {@link #parse} reads. */
    @Override
    public String toString() {
        return topic + "-" + partition + " offsets " + from + " to " + (until - 1);
    }
}
