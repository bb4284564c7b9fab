package io.tributary.config;

import java.util.regex.Pattern;

/** How a value refers to a secret that stands elsewhere: {@code ${env:NAME}} or {@code ${file:/path}}. */
final class References {

    /** Group 1 is the variable's name, or else group 2 the file's path. */
    static final Pattern REFERENCE = Pattern.compile("\\$\\{(?:env:([A-Za-z_][A-Za-z0-9_]*)|file:(/[^}]+))}");

    private References() {}

    static boolean isOnlyReferences(String value) {
        return !value.isBlank() && rest(value).isBlank();
    }

    /** Refuses what looks like a reference and is none, since it would reach Kafka as it stands. */
    static void requireWellFormed(String value) {
        if (rest(value).contains("${")) {
            throw new IllegalArgumentException(
                    "holds ${…} that is not a reference; write ${env:NAME} or ${file:/path} with an absolute path");
        }
    }

    private static String rest(String value) {
        return REFERENCE.matcher(value).replaceAll(" ");
    }
}
