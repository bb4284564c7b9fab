package io.tributary.config;

import io.tributary.config.yaml.Quoted;
import java.util.regex.Pattern;

/**
 * The rule for places in a Kafka record: a JSON pointer into its value ({@code /order/id}), the key as text ({@code key})
 * or a pointer into it ({@code key:/id}), or a header ({@code header:ce_id}).
 */
public final class Places {

    public static final String KEY = "key";
    public static final String IN_KEY = "key:";
    public static final String HEADER = "header:";

    private static final Pattern HEADER_NAME = Pattern.compile("[\\x21-\\x7E]{1,255}");

    private Places() {}

    /** Whether a place is the key, or in it. */
    public static boolean isOfKey(String place) {
        return place.equals(KEY) || place.startsWith(IN_KEY);
    }

    static String require(String place) {
        if (place.equals(KEY)) {
            return place;
        }
        if (place.startsWith(IN_KEY)) {
            JsonPointers.require(place.substring(IN_KEY.length()));
            return place;
        }
        if (place.startsWith(HEADER)) {
            if (!HEADER_NAME.matcher(place.substring(HEADER.length())).matches()) {
                throw new IllegalArgumentException(
                        Quoted.of(place)
                                + " names no header; write for example header:ce_id, with at most 255 visible characters of ASCII");
            }
            return place;
        }
        return JsonPointers.require(place);
    }
}
