package io.tributary.cdk;

import io.tributary.config.Durations;
import io.tributary.config.yaml.Section;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** The kinds of values that a stage's file has, beside those of every settings file. */
final class SettingValues {

    static final String ID = "([0-9a-f]{8}|[0-9a-f]{17})";
    static final String SUBNET = "subnet-" + ID;
    static final String SUBNET_EXAMPLE = "subnet-0123456789abcdef0";

    private SettingValues() {}

    /** A text of a form; empty, and a problem, if it is missing. */
    static String required(Section section, String key, String pattern, String example) {
        return section.requiredText(key, matching(pattern, example)).orElse("");
    }

    static Function<String, String> matching(String pattern, String example) {
        return text -> {
            if (!text.matches(pattern)) {
                throw new IllegalArgumentException("\"" + text + "\" is not one; write " + example);
            }
            return text;
        };
    }

    /** A list in which nothing is named twice. */
    static <T> List<T> distinct(Section section, String key, Function<String, T> parse) {
        List<T> all = section.texts(key, parse);
        if (all.stream().distinct().count() < all.size()) {
            section.problem(key, "names one twice; leave it out the second time");
        }
        return all;
    }

    static boolean trueOrFalse(String text) {
        if (!text.matches("true|false")) {
            throw new IllegalArgumentException("\"" + text + "\" is neither true nor false");
        }
        return Boolean.parseBoolean(text);
    }

    /** @param name of the unit, in the plural */
    static Duration wholeUnits(String text, Duration unit, String name) {
        Duration duration = Durations.parsePositive(text);
        if (duration.toMillis() % unit.toMillis() != 0) {
            throw new IllegalArgumentException("\"" + text + "\" is no whole number of " + name);
        }
        return duration;
    }
}
