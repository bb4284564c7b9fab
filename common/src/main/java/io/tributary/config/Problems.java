package io.tributary.config;

import io.tributary.runtime.InvalidInputException;
import java.util.ArrayList;
import java.util.List;

/** Everything that is wrong with one file, gathered so that its author sees all of it at once. */
final class Problems {

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
        lines.add(key + ": " + sentence);
    }

    void throwIfAny() {
        if (!lines.isEmpty()) {
            throw new InvalidInputException(heading() + "\n  " + String.join("\n  ", lines));
        }
    }

    private String heading() {
        return "The " + file + " " + origin + " has " + lines.size() + (lines.size() == 1 ? " problem:" : " problems:");
    }
}
