package io.tributary.config;

import io.tributary.config.yaml.Quoted;
import java.io.Serializable;
import java.util.Locale;

/**
 * How producers write a time: one of the formats that have a name, or a pattern of {@code java.time}.
 *
 * @param text as the configuration says it: the name, or the pattern
 */
public record TimeFormat(Kind kind, String text) implements Serializable {

    /** All but the last are written by their name in lower case. */
    public enum Kind {
        /** ISO-8601, or epoch milliseconds. */
        DEFAULT,
        ISO8601,
        EPOCH_SECONDS,
        EPOCH_MILLIS,
        EPOCH_MICROS,
        EPOCH_NANOS,
        /** The unit shows in the number of digits. */
        EPOCH_AUTO,
        /** See {@link TimePatterns}. */
        PATTERN
    }

    /** ISO-8601 with or without offset, or epoch milliseconds. */
    public static final TimeFormat DEFAULT = new TimeFormat(Kind.DEFAULT, "default");

    /** @throws IllegalArgumentException if the text is neither a name nor a pattern that yields a date */
    public static TimeFormat parse(String text) {
        for (Kind kind : Kind.values()) {
            if (kind != Kind.PATTERN && kind.name().toLowerCase(Locale.ROOT).equals(text)) {
                return new TimeFormat(kind, text);
            }
        }
        if (text.startsWith("epoch") || text.startsWith("iso")) {
            throw new IllegalArgumentException(Quoted.of(text)
                    + " is not a format of times; write iso8601, epoch_seconds, epoch_millis, epoch_micros, epoch_nanos,"
                    + " epoch_auto, a pattern such as yyyy/MM/dd HH:mm, or default");
        }
        return new TimeFormat(Kind.PATTERN, TimePatterns.require(text));
    }
}
