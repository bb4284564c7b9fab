package io.tributary.lab.fuzz;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Times as producers write them, and as they should not. */
final class HostileTimes {

    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();
    private static final int OLD_DAYS = 40;
    private static final long BETWEEN_OLD_DAYS_MILLIS = Duration.ofDays(182).toMillis();

    /** Before and after every change of calendar, unit and type that a table or an engine knows. */
    private static final List<String> DATES = List.of(
            "0000-12-31",
            "0001-01-01",
            "0001-01-02",
            "0004-02-29",
            "0100-02-28",
            "0999-12-31",
            "1038-06-01",
            "1138-05-05",
            "1500-02-28",
            "1582-10-04",
            "1582-10-05",
            "1582-10-10",
            "1582-10-14",
            "1582-10-15",
            "1677-09-21",
            "1752-09-03",
            "1884-12-31",
            "1899-12-31",
            "1900-01-01",
            "1900-02-28",
            "1901-12-13",
            "1969-12-31",
            "1970-01-01",
            "2000-02-29",
            "2001-09-09",
            "2038-01-19",
            "2262-04-11",
            "9999-12-31",
            "10000-01-01",
            "+10000-01-01",
            "-0001-01-01",
            "-0044-03-15",
            "+294247-01-10",
            "1900-02-29",
            "2023-02-29",
            "2025-13-01",
            "2025-00-10",
            "2025-04-31",
            "25-04-01",
            "2025-4-1",
            "2025/04/01");

    private static final List<String> CLOCKS = List.of(
            "T00:00:00Z",
            "T23:59:59.999Z",
            "T23:59:59.999999Z",
            "T23:59:59.9995Z",
            "T12:34:56",
            "T12:34",
            "T12",
            " 12:34:56Z",
            "T12:34:56+02",
            "T12:34:56+0530",
            "T12:34:56-11:59",
            "T12:34:56+18:00",
            "T12:34:56+18:01",
            "T24:00:00Z",
            "T23:59:60Z",
            "T12:60:00Z",
            "T12:34:56.Z",
            "T12:34:56.1234567890Z",
            "T12:34:56.000000001Z",
            "T12:34:56Z[Europe/Berlin]",
            "T12:34:56 Europe/Berlin",
            "T12:34:56GMT",
            "",
            "Z",
            "T",
            "T12:34:56ZZ",
            "T12:34:56\\u0000",
            "T12:34:56\\u00a0");

    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "1",
            "-1",
            "1e3",
            "1.7e12",
            "1735689600",
            "1735689600.5",
            "1735689600000.999",
            "1735689600000000",
            "1735689600000000000",
            "638712000000000000",
            "-62135596800000",
            "-62135596800001",
            "253402300799999",
            "253402300800000",
            "-2208988800000",
            "9223372036854775807",
            "9223372036854775808",
            "1e308",
            "1e309",
            "1e-400",
            "1e999999999",
            "-1e2147483648",
            "0.0000000001",
            "123456789012345678901234567890");

    private static final List<String> NO_TIMES = List.of(
            "null",
            "true",
            "false",
            "[]",
            "{}",
            "[1735689600000]",
            "\"\"",
            "\" \"",
            "\"null\"",
            "\"now\"",
            "\"NaN\"",
            "\"Infinity\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"١٧٣٥٦٨٩٦٠٠٠٠٠\"",
            "\"２０２５-01-01\"",
            "\"0x18F\"",
            "\"1735689600000L\"",
            "\"Wed, 01 Jan 2025 00:00:00 GMT\"",
            "\"20250101T000000Z\"",
            "\"2025-W01-3\"",
            "\"2025-001\"",
            "\"2025-01-01T00:00:00,5Z\"");

    private HostileTimes() {}

    /** JSON of a time of the last years that every reader is to understand. */
    static String good(Instant now, SeededChoices dice) {
        Instant at = past(now, dice);
        String seconds = SECONDS.format(at);
        return switch (dice.below(12)) {
            case 0 -> Long.toString(at.toEpochMilli());
            case 1 -> quoted(Long.toString(at.toEpochMilli()));
            case 2 -> quoted(seconds);
            case 3 -> quoted(seconds.replace('T', ' ') + "Z");
            case 4 -> quoted(seconds + "." + fraction(dice) + "Z");
            case 5 -> quoted(seconds + "." + fraction(dice) + "+05:30");
            case 6 -> quoted(seconds + "-0800");
            case 7 -> quoted(seconds + "+02");
            case 8 -> quoted(seconds.substring(0, 16) + "Z");
            case 9 -> quoted(seconds.substring(0, 10));
            case 10 -> at.toEpochMilli() + "." + dice.below(1_000);
            default -> quoted(seconds + ".123Z");
        };
    }

    /** JSON of anything where a time belongs. */
    static String any(Instant now, SeededChoices dice) {
        return switch (dice.below(8)) {
            case 0, 1 -> quoted(dice.of(DATES) + dice.of(CLOCKS));
            case 2 -> quoted(SECONDS.format(past(now, dice)).substring(0, 10) + dice.of(CLOCKS));
            case 3 -> dice.of(NUMBERS);
            case 4 -> quoted(dice.of(NUMBERS));
            case 5 -> dice.of(NO_TIMES);
            case 6 -> quoted(dice.of(DATES));
            default -> unit(now, dice);
        };
    }

    /** The same moment in seconds, micro- or nanoseconds, or ticks of a tenth of a microsecond. */
    private static String unit(Instant now, SeededChoices dice) {
        long millis = past(now, dice).toEpochMilli();
        return switch (dice.below(4)) {
            case 0 -> Long.toString(millis / 1_000);
            case 1 -> Long.toString(millis * 1_000);
            case 2 -> Long.toString(millis * 1_000_000);
            default -> Long.toString(millis * 10_000 + 621_355_968_000_000_000L);
        };
    }

    /** Mostly of this hour, also of a few days of the last twenty years: a merge writes a file for each day. */
    private static Instant past(Instant now, SeededChoices dice) {
        long ago = dice.between(60_000, HOUR_MILLIS);
        return now.minusMillis(dice.oneIn(3) ? ago + dice.below(OLD_DAYS) * BETWEEN_OLD_DAYS_MILLIS : ago);
    }

    private static String fraction(SeededChoices dice) {
        return Integer.toString(dice.below(1_000_000_000) + 1_000_000_000).substring(1, 2 + dice.below(9));
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }
}
