package io.tributary.config;

import io.tributary.config.yaml.Quoted;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses sizes as people write them: {@code 128MB} is 128 million bytes, {@code 64MiB} counts in 1024s, plain digits
 * are bytes.
 */
public final class DataSizes {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,19})\\s*([A-Za-z]*)");

    private static final Map<String, Long> UNITS = Map.of(
            "", 1L,
            "B", 1L,
            "kB", 1_000L,
            "KB", 1_000L,
            "MB", 1_000_000L,
            "GB", 1_000_000_000L,
            "KiB", 1L << 10,
            "MiB", 1L << 20,
            "GiB", 1L << 30);

    private DataSizes() {}

    /**
     * Reads a size above zero.
     *
     * @return bytes
     * @throws IllegalArgumentException with value, rule and remedy
     */
    public static long parse(String text) {
        Matcher size = SIZE.matcher(text);
        if (!size.matches() || !UNITS.containsKey(size.group(2))) {
            throw notASize(text, null);
        }
        try {
            long bytes = Math.multiplyExact(Long.parseLong(size.group(1)), UNITS.get(size.group(2)));
            if (bytes == 0) {
                throw new IllegalArgumentException(Quoted.of(text) + " is too small; it must be more than 0 bytes");
            }
            return bytes;
        } catch (ArithmeticException | NumberFormatException e) {
            throw notASize(text, e);
        }
    }

    private static IllegalArgumentException notASize(String text, Exception cause) {
        return new IllegalArgumentException(
                Quoted.of(text) + " is not a size; write for example 128MB, 64MiB or the number of bytes", cause);
    }
}
