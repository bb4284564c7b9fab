package io.tributary.config.yaml;

import io.tributary.error.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** All problems of one file, collected so that its author sees them at once. */
final class Problems {

    private static final int MAX_LINES = 50;
    private static final int MAX_KEY = 200;

    private final String file;
    private final String origin;
    private final List<String> lines = new ArrayList<>();

    /** @param file what kind of file it is, as a heading names it */
    Problems(String file, String origin) {
        this.file = file;
        this.origin = origin;
    }

    /** @param sentence the value given, the rule that it breaks and the remedy */
    void add(String key, String sentence) {
        lines.add(Quoted.plain(shortened(key)) + ": " + Quoted.plain(sentence));
    }

    void throwIfAny() {
        if (!lines.isEmpty()) {
            int more = lines.size() - MAX_LINES;
            throw new InvalidInputException(
                    heading() + "\n  " + lines.stream().limit(MAX_LINES).collect(Collectors.joining("\n  "))
                            + (more > 0 ? "\n  and " + more + " more" : ""));
        }
    }

    private static String shortened(String key) {
        return key.length() > MAX_KEY ? key.substring(0, MAX_KEY) + "…" : key;
    }

    private String heading() {
        return "The " + file + " " + origin + " has " + lines.size() + (lines.size() == 1 ? " problem:" : " problems:");
    }
}
