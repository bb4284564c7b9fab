package io.tributary.lab.load;

import io.tributary.lab.load.LoadSpec.TextSize;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/**
 * The events of a load: everything about an event but its time is a function of its number, so that a repeat can be
 * written again byte by byte without keeping the first one.
 */
final class EventTexts {

    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final List<String> TYPES = List.of(
            "quote",
            "quote",
            "quote",
            "trade",
            "trade",
            "order",
            "order",
            "cancel",
            "settlement",
            "payment",
            "margin_call");
    private static final List<String> SYMBOLS = List.of(
            "ACME", "BRKX", "CHF/USD", "DAX40", "EUR/USD", "FTSE", "GOLD", "KRW/JPY", "NVX", "OIL.WTI", "SNP500",
            "ZÜRICH");

    /** With everything that JSON escapes and that UTF-8 needs one to four bytes for. */
    private static final List<String> WORDS = List.of(
            "limit",
            "desk 7",
            "rebooked",
            "küche",
            "\\\"quoted\\\"",
            "tab\\t",
            "back\\\\slash",
            "決済",
            "€",
            "😀",
            "\\u00e9",
            "null",
            "{",
            "}]",
            ":,",
            "a/b");

    private static final long YOUNGEST_BACKDATED = Duration.ofMinutes(2).toMillis();
    private static final long OLDEST_BACKDATED = Duration.ofDays(35).toMillis();

    private final LoadSpec spec;

    EventTexts(LoadSpec spec) {
        this.spec = spec;
    }

    /** The data center in which the event happened. */
    int origin(long event) {
        return spec.byWeight(SplitMix64.of(spec.seed() + 1, event));
    }

    /** Unique among all events of all runs. */
    String id(long event) {
        return spec.run() + "-" + HexFormat.of().toHexDigits(SplitMix64.bijective(event));
    }

    /** How long before its sending a backdated event happened, in milliseconds; empty for an event of now. */
    OptionalLong backdatedByMillis(long event) {
        SplittableRandom random = new SplittableRandom(SplitMix64.of(spec.seed() + 2, event));
        if (random.nextDouble() >= spec.shares().backdated()) {
            return OptionalLong.empty();
        }
        double span = Math.log((double) OLDEST_BACKDATED / YOUNGEST_BACKDATED);
        return OptionalLong.of((long) (YOUNGEST_BACKDATED * Math.exp(span * random.nextDouble())));
    }

    static String iso(long epochMillis) {
        return ISO.format(Instant.ofEpochMilli(epochMillis));
    }

    /** The record's value, with a time in milliseconds since 1970. */
    byte[] text(long event, long timeMillis) {
        return withTime(event, iso(timeMillis)).getBytes(StandardCharsets.UTF_8);
    }

    String withTime(long event, String time) {
        SplittableRandom random = new SplittableRandom(SplitMix64.of(spec.seed() + 3, event));
        StringBuilder json = new StringBuilder(320);
        json.append("{\"event_id\":\"").append(id(event));
        json.append("\",\"event_time\":\"").append(time);
        json.append("\",\"event_type\":\"").append(oneOf(TYPES, random));
        json.append("\",\"data_center\":\"").append(spec.dataCenters().get(origin(event)));
        json.append("\",\"symbol\":\"").append(oneOf(SYMBOLS, random));
        json.append("\",\"amount\":").append(random.nextInt(1_000_000)).append('.');
        json.append(random.nextInt(10)).append(random.nextInt(10));
        json.append(",\"quantity\":").append(random.nextInt(1, 100_000));
        json.append(",\"text\":\"");
        appendWords(json, random);
        return json.append("\"}").toString();
    }

    private void appendWords(StringBuilder json, SplittableRandom random) {
        TextSize size = spec.textSize();
        int end = json.length() + random.nextInt(size.min(), size.max() + 1);
        while (json.length() < end) {
            json.append(oneOf(WORDS, random)).append(' ');
        }
    }

    private static String oneOf(List<String> choices, SplittableRandom random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
