package io.tributary.config;

/** A value as a message shows it: in quotes, on one line, and no longer than a reader needs to recognise it. */
final class Quoted {

    private static final int LONGEST = 80;

    private Quoted() {}

    static String of(String value) {
        String line = value.replaceAll("\\R", "\\\\n");
        return '"' + (line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line) + '"';
    }
}
