package io.tributary.values;

/**
 * Makes texts well-formed. A JSON escape can name half of a surrogate pair, which is no character. Spark would write a
 * question mark for it, as if that had been sent.
 */
public final class SurrogateRepair {

    private static final char REPLACEMENT = '\uFFFD';

    private SurrogateRepair() {}

    /** Whether the text, which may be null, holds no half of a surrogate pair. */
    public static boolean is(String text) {
        return text == null || text.equals(of(text));
    }

    /** The text with U+FFFD in place of each half of a surrogate pair; null for null. */
    public static String of(String text) {
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
