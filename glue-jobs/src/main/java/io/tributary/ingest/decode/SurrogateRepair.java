package io.tributary.ingest.decode;

/**
 * Texts that UTF-8 can write. JSON's escapes can name half of a surrogate pair, which is no character; Spark would write a
 * question mark for it, as if that had been sent.
 */
final class SurrogateRepair {

    private static final char REPLACEMENT = '\uFFFD';

    private SurrogateRepair() {}

    /** Whether the text, which may be null, holds no half of a pair. */
    static boolean is(String text) {
        return text == null || text.equals(of(text));
    }

    /** The same text if it is well-formed, else one with U+FFFD in place of each half of a pair; null for null. */
    static String of(String text) {
        if (text == null || text.chars().noneMatch(unit -> Character.isSurrogate((char) unit))) {
            return text;
        }
        StringBuilder replaced = new StringBuilder(text.length());
        text.codePoints().forEach(point -> replaced.appendCodePoint(isHalf(point) ? REPLACEMENT : point));
        String result = replaced.toString();
        return result.equals(text) ? text : result;
    }

    private static boolean isHalf(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }
}
