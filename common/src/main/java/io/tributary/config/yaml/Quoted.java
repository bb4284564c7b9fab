package io.tributary.config.yaml;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A value as a message shows it: in quotes, on one line, and no longer than a reader needs to recognize it. */
public final class Quoted {

    private static final int MAX_LENGTH = 80;
    private static final Pattern STEERING = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\u2028\u2029]");

    private Quoted() {}

    public static String of(String value) {
        String line = value.replaceAll("\\R", "\\\\n");
        return '"' + plain(line.length() > MAX_LENGTH ? line.substring(0, MAX_LENGTH) + "…" : line) + '"';
    }

    /** A text without characters that control a terminal, break the line, or change the order of the text. */
    public static String plain(String text) {
        return STEERING.matcher(text).replaceAll(found -> found.group()
                .codePoints()
                .mapToObj(point -> "\\\\u%04X".formatted(point))
                .collect(Collectors.joining()));
    }
}
