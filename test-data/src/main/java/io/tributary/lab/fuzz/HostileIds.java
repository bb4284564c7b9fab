package io.tributary.lab.fuzz;

import java.util.List;

/** Ids as producers write them, and as they should not. */
final class HostileIds {

    private static final List<String> NO_IDS = List.of(
            "null",
            "true",
            "false",
            "1.5",
            "1e3",
            "-0.0",
            "[]",
            "{}",
            "[\"a\"]",
            "{\"id\":\"a\"}",
            "\"\"",
            "\" \"",
            "\"\\t\\n\"",
            "\"\\u00a0\"",
            "\"\\u2003\"",
            "\"\\ud800\"",
            "\"a\\udc00b\"",
            "\"\\ud83d\"");

    /** Ids that many producers send for want of one, and the numbers at which types end. */
    private static final List<String> COMMON = List.of(
            "\"00000000-0000-0000-0000-000000000000\"",
            "\"null\"",
            "\"undefined\"",
            "\"None\"",
            "\"0\"",
            "\"NaN\"",
            "0",
            "-0",
            "-1",
            "2147483648",
            "9007199254740993",
            "9223372036854775808",
            "-9223372036854775809",
            "\"' OR 1=1 --\"",
            "\"../../etc/passwd\"",
            "\"${env:HOME}\"",
            "\"\\u0000\"",
            "\"=cmd|' /C calc'!A0\"");

    private HostileIds() {}

    /** JSON of an id that no other number has. */
    static String unique(long number, SeededChoices dice) {
        String own = "fuzz-" + Long.toString(number, 36);
        return switch (dice.below(14)) {
            case 0 -> Long.toString(1_000_000_000_000L + number);
            case 1 -> "9".repeat(60) + String.format("%012d", number);
            case 2 -> "\"" + own + "\\u0000tail\"";
            case 3 -> "\"" + own + " with spaces \\t and \\\"quotes\\\" \\\\ \"";
            case 4 -> "\"" + own + "/a#b|c,d;e&f=g%00\"";
            case 5 -> "\"" + own + "-é\"";
            case 6 -> "\"" + own + "-e\\u0301\"";
            case 7 -> "\"" + "x".repeat(27) + "😀😀😀" + own + "\"";
            case 8 -> "\"" + own + "x".repeat(dice.oneIn(20) ? 200_000 : 2_000) + "\"";
            case 9 -> "\"\\ud83d\\ude00" + own + "\\udbff\\udfff\"";
            case 10 -> "\"" + own + "\\u202e\\ufeff\\uffff\"";
            case 11 -> "\"" + "\uffff".repeat(32) + own + "\"";
            default -> "\"" + own + "\"";
        };
    }

    /** JSON of anything where an id belongs. */
    static String any(long number, SeededChoices dice) {
        return switch (dice.below(5)) {
            case 0 -> dice.of(NO_IDS);
            case 1 -> dice.of(COMMON);
            default -> unique(number, dice);
        };
    }
}
