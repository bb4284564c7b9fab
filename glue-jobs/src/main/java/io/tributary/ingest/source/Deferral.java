package io.tributary.ingest.source;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * That a planned batch goes without one data centre, which cannot be read now. It takes all that the batch was to read
 * there, since a cluster that is gone would otherwise fail the batch once for each of its partitions.
 *
 * @param arrival planning time of the batch, which names it, milliseconds since the epoch
 * @param dataCenter what it goes without
 * @param at when this was decided, milliseconds since the epoch
 */
public record Deferral(long arrival, String dataCenter, long at) {

    private static final Pattern NAME = Pattern.compile("(\\d{1,18})-(\\d{1,18})-(.+)");

    /** The name of the file that stands for it: that the file is there says everything, even if it is cut short. */
    String name() {
        return arrival + "-" + at + "-" + dataCenter;
    }

    /** @throws IllegalArgumentException if it is not the name of a deferral */
    static Deferral parse(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a deferral: " + name);
        }
        return new Deferral(Long.parseLong(matcher.group(1)), matcher.group(3), Long.parseLong(matcher.group(2)));
    }
}
