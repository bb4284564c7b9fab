package io.tributary.lab.input;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.regex.Pattern;

/** What a column is to hold. */
public sealed interface Expected {

    /** Whether the column may hold {@code actual}: null, or what Spark or the decoder has for the column's type. */
    boolean admits(Object actual);

    /** Nothing: no value, or one that does not fit. */
    record Nothing() implements Expected {
        @Override
        public boolean admits(Object actual) {
            return actual == null;
        }
    }

    /** This value; times as milliseconds and dates as days since 1970. */
    record Exactly(Object value) implements Expected {
        @Override
        public boolean admits(Object actual) {
            return actual != null && value.equals(comparable(actual));
        }
    }

    /** A number however it is written. */
    record NumberAsText(BigDecimal number) implements Expected {
        @Override
        public boolean admits(Object actual) {
            try {
                return actual instanceof String text && new BigDecimal(text).compareTo(number) == 0;
            } catch (NumberFormatException e) {
                return false;
            }
        }
    }

    /** A text with halves of surrogate pairs, which UTF-8 cannot write: nothing, or any one character for each half. */
    record Mended(String illFormed) implements Expected {
        @Override
        public boolean admits(Object actual) {
            return actual == null || (actual instanceof String text && text.matches(pattern()));
        }

        private String pattern() {
            StringBuilder pattern = new StringBuilder("(?s)");
            illFormed.codePoints().forEach(point -> {
                if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                    pattern.append('.');
                } else {
                    pattern.append(Pattern.quote(Character.toString(point)));
                }
            });
            return pattern.toString();
        }
    }

    /** Something that the rules do not settle to the letter. */
    record Untold() implements Expected {
        @Override
        public boolean admits(Object actual) {
            return true;
        }
    }

    private static Object comparable(Object actual) {
        if (actual instanceof Integer number) {
            return number.longValue();
        }
        if (actual instanceof Instant instant) {
            return instant.toEpochMilli();
        }
        if (actual instanceof LocalDate date) {
            return date.toEpochDay();
        }
        // To doubles 0 and -0 are equal, to objects not.
        return actual instanceof Double number ? (Object) (number + 0.0) : actual;
    }
}
