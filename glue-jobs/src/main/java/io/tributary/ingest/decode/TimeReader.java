package io.tributary.ingest.decode;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.config.TimePatterns;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads a time as a record writes it, cut to the millisecond before it: some engines round what is finer, up into the
 * next day, while the statistics of files are cut, so that they would not find their own answer. Without a pattern:
 * ISO-8601 (T or one space between date and time; a date alone is its midnight; the offset may be missing), or epoch
 * milliseconds as a number or as digits.
 */
final class TimeReader {

    /** Beyond this no number of milliseconds is a time of this world, and arithmetic on it could cost without limit. */
    private static final int MAX_DIGITS = 15;

    private static final Pattern DIGITS = Pattern.compile("-?\\d{1," + MAX_DIGITS + "}");

    /** The optional parts of the formatter would also take them twice or without what stands between. */
    private static final Pattern ISO_SHAPE = Pattern.compile("[+-]?\\d{4,9}-\\d\\d-\\d\\d"
            + "(?:[T ]\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?(?:Z|[+-]\\d\\d(?::?\\d\\d)?)?)?");

    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("['T'][' ']")
            .optionalStart()
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendPattern("[XXX][XX][X]")
            .optionalEnd()
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private final DateTimeFormatter pattern;
    private final ZoneId zone;

    /** @param pattern of {@code java.time}; null for the default */
    TimeReader(String pattern, ZoneId zone) {
        this.pattern = pattern == null ? null : TimePatterns.formatter(pattern);
        this.zone = zone;
    }

    /** The time that a JSON value stands for; empty if it stands for none. */
    Optional<Instant> read(JsonNode value) {
        if (value.isTextual() || (pattern != null && value.isNumber())) {
            return read(value.asText());
        }
        // A number beyond all doubles comes as an infinite double, which has no decimal value.
        return value.isNumber() && !value.isDouble() ? ofEpochMillis(value.decimalValue()) : Optional.empty();
    }

    private Optional<Instant> read(String text) {
        if (pattern == null && DIGITS.matcher(text).matches()) {
            return ofEpochMillis(new BigDecimal(text));
        }
        if (pattern == null && !ISO_SHAPE.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(instant((pattern == null ? ISO : pattern).parse(text)));
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private Instant instant(TemporalAccessor parsed) {
        LocalDate date = LocalDate.from(parsed);
        LocalTime time = parsed.query(TemporalQueries.localTime());
        ZoneId written = parsed.query(TemporalQueries.zone());
        return date.atTime(time == null ? LocalTime.MIDNIGHT : time)
                .atZone(written == null ? zone : written)
                .toInstant()
                .truncatedTo(ChronoUnit.MILLIS);
    }

    private static Optional<Instant> ofEpochMillis(BigDecimal millis) {
        long wholeDigits = (long) millis.precision() - millis.scale();
        if (wholeDigits > MAX_DIGITS || millis.scale() > MAX_DIGITS) {
            return Optional.empty();
        }
        return Optional.of(
                Instant.ofEpochMilli(millis.setScale(0, RoundingMode.FLOOR).longValue()));
    }
}
