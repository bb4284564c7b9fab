package io.tributary.lab.fuzz;

import java.time.Instant;
import java.util.List;

/** JSON values for typed columns of every type, beside their types, and at the ends of them. */
final class HostileValues {

    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "0.0",
            "-0.0",
            "1",
            "-1",
            "1.0",
            "1.50",
            "1e2",
            "1E+2",
            "1e-2",
            "100e-2",
            "2147483647",
            "2147483648",
            "-2147483648",
            "-2147483649",
            "9007199254740993",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775808",
            "-9223372036854775809",
            "99999999999999.9999",
            "100000000000000",
            "0.00001",
            "0.12345",
            "1234567890123456789012345678.0123456789",
            "12345678901234567890123456789.5",
            "1e37",
            "1e38",
            "9.9e27",
            "1e28",
            "4.9e-324",
            "2e-324",
            "1e-400",
            "1.7976931348623157e308",
            "1.8e308",
            "1e309",
            "-1e400",
            "1e999999999",
            "1e-999999999",
            "1e2147483647",
            "1e-2147483648",
            "123456789012345678901234567890123456789012345678901234567890",
            "0.1",
            "3.3333333333333333");

    private static final List<String> OTHERS = List.of(
            "null",
            "true",
            "false",
            "[]",
            "{}",
            "[null]",
            "[[1,2],{\"a\":null}]",
            "{\"a\":{\"b\":1}}",
            "\"\"",
            "\" \"",
            "\"true\"",
            "\"TRUE\"",
            "\"false \"",
            "\"1\"",
            "\" 1\"",
            "\"1 \"",
            "\"+1\"",
            "\"1.\"",
            "\".5\"",
            "\"1e3\"",
            "\"0x10\"",
            "\"1_000\"",
            "\"1,5\"",
            "\"NaN\"",
            "\"Infinity\"",
            "\"-Infinity\"",
            "\"1e999999999\"",
            "\"1e-99999999999\"",
            "\"１２\"",
            "\"null\"",
            "\"\\u0000\"",
            "\"a\\u0000b\"",
            "\"\\ud800\"",
            "\"x\\udc00y\"",
            "\"\\ud83d\\ude00\"",
            "\"tab\\tline\\nend\\r\"",
            "\"\\u2028\"",
            "\"\\u007f\"");

    private static final List<String> TYPES = List.of(
            "\"order\"",
            "\"trade\"",
            "\"\"",
            "\" \"",
            "null",
            "7",
            "true",
            "{}",
            "[]",
            "\"\\ud800\"",
            "\"type\\u0000\"",
            "\"Größe\"");

    private HostileValues() {}

    /** JSON of a value for any column. */
    static String any(Instant now, SeededChoices dice) {
        return switch (dice.below(8)) {
            case 0, 1, 2 -> dice.of(NUMBERS);
            case 3, 4 -> dice.of(OTHERS);
            case 5 -> "\"" + dice.of(NUMBERS) + "\"";
            case 6 -> HostileTimes.any(now, dice);
            default -> text(dice);
        };
    }

    static String type(SeededChoices dice) {
        return dice.of(TYPES);
    }

    /** A text whose 32nd character, at which statistics are cut, may be half of one. */
    private static String text(SeededChoices dice) {
        String around = "a".repeat(28 + dice.below(6));
        return "\"" + around + dice.of(List.of("😀😀", "\uffff\uffff", "\\udbff\\udfff", "e\\u0301", "ß", "\\u0000"))
                + "\"";
    }

    /** Digits about as many as a parser takes. */
    static String longNumber(SeededChoices dice) {
        String digits = "1".repeat(dice.of(List.of(990, 998, 999, 1_000, 1_001, 1_002, 5_000)));
        return switch (dice.below(4)) {
            case 0 -> "-" + digits;
            // Parsers differ in whether the zero counts.
            case 1 -> "0." + "1".repeat(dice.of(List.of(990, 1_010)));
            case 2 -> digits + "e5";
            default -> digits;
        };
    }
}
