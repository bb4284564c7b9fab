package io.tributary.lab.load;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;

/** The ways in which a record fails to be an event. */
enum Malformation {
    /** Its first half parses, and holds a valid id. */
    CUT_OFF,
    CUT_IN_ID,
    NOT_JSON,
    NOT_AN_OBJECT,
    TWO_OBJECTS,
    MISSING_ID,
    NULL_ID,
    BLANK_ID,
    OBJECT_AS_ID,
    MISSING_TIME,
    INVALID_EVENT_TIME,
    LONG_AGO,
    FAR_AHEAD,
    EMPTY,
    BLANK,
    NO_VALUE,
    INVALID_UTF8;

    private static final Duration YEAR = Duration.ofDays(365);

    /** The record's value; empty for a record that has none. */
    Optional<byte[]> text(EventTexts events, long event, long salt, long nowMillis) {
        SplittableRandom random = new SplittableRandom(salt);
        String whole = events.withTime(event, EventTexts.iso(nowMillis));
        String id = "\"event_id\":\"" + events.id(event) + "\",";
        String spoiled =
                switch (this) {
                    case CUT_OFF -> whole.substring(0, random.nextInt(id.length() + 1, whole.length()));
                    case CUT_IN_ID -> whole.substring(0, random.nextInt(1, id.length() - 1));
                    case NOT_JSON -> "ERROR " + events.id(event) + " connection reset by peer";
                    case NOT_AN_OBJECT -> notAnObject(whole, random);
                    case TWO_OBJECTS -> random.nextBoolean() ? whole + whole : whole + "}";
                    case MISSING_ID -> whole.replace(id, "");
                    case NULL_ID -> whole.replace(id, "\"event_id\":null,");
                    case BLANK_ID -> whole.replace(id, "\"event_id\":\"  \",");
                    case OBJECT_AS_ID -> whole.replace(id, "\"event_id\":{\"id\":1},");
                    case MISSING_TIME -> whole.replace("\"event_time\"", "\"time\"");
                    case INVALID_EVENT_TIME -> events.withTime(event, unreadableTime(random));
                    case LONG_AGO -> events.withTime(event, EventTexts.iso(random.nextLong(YEAR.toMillis())));
                    case FAR_AHEAD ->
                        events.withTime(event, EventTexts.iso(nowMillis + YEAR.toMillis() * random.nextLong(1, 50)));
                    case EMPTY, NO_VALUE -> "";
                    case BLANK -> " ".repeat(random.nextInt(1, 5));
                    case INVALID_UTF8 -> whole;
                };
        byte[] value = spoiled.getBytes(StandardCharsets.UTF_8);
        return switch (this) {
            case NO_VALUE -> Optional.empty();
            case INVALID_UTF8 -> Optional.of(spoilLastLetter(value));
            default -> Optional.of(value);
        };
    }

    private static String notAnObject(String whole, SplittableRandom random) {
        return switch (random.nextInt(5)) {
            case 0 -> "[" + whole + "]";
            case 1 -> "\"event_id\"";
            case 2 -> "42";
            case 3 -> "true";
            default -> "null";
        };
    }

    private static String unreadableTime(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> "yesterday";
            case 1 -> "2026-13-45T99:00:00.000Z";
            case 2 -> "";
            default -> "2026-02-30T12:00:00Z";
        };
    }

    /** Inside the text before the closing quote, a byte that no UTF-8 has. */
    private static byte[] spoilLastLetter(byte[] value) {
        byte[] spoiled = Arrays.copyOf(value, value.length + 1);
        spoiled[value.length - 2] = (byte) 0xC3;
        spoiled[value.length - 1] = '"';
        spoiled[value.length] = '}';
        return spoiled;
    }
}
