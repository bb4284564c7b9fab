package io.tributary.config;

import io.tributary.config.yaml.Quoted;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a rollup says about the events of one bucket and group. */
public enum MeasureType {
    /** How many there are; with a column, how many have a value there. */
    COUNT,
    /** The sum of a number. */
    SUM,
    /** The least value. */
    MIN,
    /** The greatest value. */
    MAX,
    /** About how many different values there are. */
    APPROX_DISTINCT;

    static MeasureType parse(String text) {
        List<String> written =
                Arrays.stream(values()).map(MeasureType::toString).toList();
        if (!written.contains(text)) {
            throw new IllegalArgumentException(
                    Quoted.of(text) + " is not a measure; write " + String.join(" or ", written));
        }
        return values()[written.indexOf(text)];
    }

    /** The type as the configuration writes it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
