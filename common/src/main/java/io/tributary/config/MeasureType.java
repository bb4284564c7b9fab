package io.tributary.config;

import io.tributary.config.yaml.Quoted;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The aggregate of a measure over the events of one bucket and group. */
public enum MeasureType {
    /** The number of events; with a column, the number of events that have a value there. */
    COUNT,
    /** The sum of a numeric column. */
    SUM,
    /** The smallest value. */
    MIN,
    /** The largest value. */
    MAX,
    /** The approximate number of distinct values. */
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
