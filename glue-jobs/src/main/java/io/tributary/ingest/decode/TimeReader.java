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
 * Reads a time as a record writes it, truncated to milliseconds. Some engines round finer times up, even into the next
 * day, while file statistics are truncated. They would then skip files that hold their own results.
 *
 * <p>Without a pattern it accepts ISO-8601 and epoch milliseconds, as a number or as digits. In ISO-8601 date and time
 * are separated by T or one space, a date alone is its midnight, and the offset may be missing.
 */
final class TimeReader {

    /** Milliseconds beyond this are no valid time, and arithmetic on such numbers could take unlimited time. */
    private static final int MAX_DIGITS = 15;

    private static final Pattern DIGITS = Pattern.compile("-?\\d{1," + MAX_DIGITS + "}");

    /** The formatter's optional parts alone would also accept them twice, or without a separator. */
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
        // A number beyond the range of double arrives as an infinite double, which has no decimal value.
        return value.isNumber() && !value.isDouble() ? ofEpochMillis(value.decimalValue()) : Optional.empty();
    }

    private Optional<Instant> read(String text) {
        return pattern == null ? IsoTime.read(text).or(() -> readByFormatter(text)) : readByFormatter(text);
    }

    private Optional<Instant> readByFormatter(String text) {
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
