package io.tributary.lab.input;

import io.tributary.lab.input.Json.Num;
import io.tributary.lab.input.Json.Text;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads event times by the rules of {@code event.time_format} and {@code event.time_zone}; what is finer than a
 * millisecond is cut off.
 */
final class EventTimes {

    private static final Pattern ISO = Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})"
            + "(?:[T ](\\d{2}):(\\d{2})(?::(\\d{2})(?:\\.(\\d{1,9}))?)?(Z|[+-]\\d{2}(?::?\\d{2})?)?)?");
    /** A number with more digits behind the point is no time. */
    private static final int MAX_DECIMALS = 15;

    private static final Pattern EPOCH_MILLIS = Pattern.compile("-?\\d+");

    private final Optional<DateTimeFormatter> pattern;
    private final ZoneId zone;

    /** Times by {@code pattern}, or in the default format; those without an offset are of {@code zone}. */
    EventTimes(Optional<String> pattern, ZoneId zone) {
        this.pattern = pattern.map(letters -> new DateTimeFormatterBuilder()
                .appendPattern(letters)
                .parseDefaulting(ChronoField.ERA, 1)
                .toFormatter(Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT));
        this.zone = zone;
    }

    /** Microseconds since 1970; empty if the value is no time. */
    Optional<Long> micros(Json value) {
        try {
            if (value instanceof Text text) {
                return pattern.isPresent()
                        ? Optional.of(byPattern(text.value(), pattern.get()))
                        : byDefault(text.value());
            }
            if (value instanceof Num number) {
                return Optional.of(
                        pattern.isPresent()
                                ? byPattern(number.digits(), pattern.get())
                                : epochMillis(new BigDecimal(number.digits())));
            }
            return Optional.empty();
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private Optional<Long> byDefault(String text) {
        if (EPOCH_MILLIS.matcher(text).matches()) {
            return Optional.of(epochMillis(new BigDecimal(text)));
        }
        Matcher iso = ISO.matcher(text);
        return iso.matches() ? Optional.of(iso(iso)) : Optional.empty();
    }

    private static long epochMillis(BigDecimal millis) {
        if (millis.precision() - (long) millis.scale() > 18 || millis.scale() > MAX_DECIMALS) {
            throw new ArithmeticException("beyond any time");
        }
        return Math.multiplyExact(millis.setScale(0, RoundingMode.FLOOR).longValueExact(), 1_000L);
    }

    private long iso(Matcher iso) {
        LocalDate date = LocalDate.of(number(iso, 1), number(iso, 2), number(iso, 3));
        LocalTime time = LocalTime.of(number(iso, 4), number(iso, 5), number(iso, 6), nanos(iso.group(7)));
        String offset = iso.group(8);
        return micros(LocalDateTime.of(date, time), offset == null ? zone : ZoneOffset.of(offset));
    }

    private static int number(Matcher iso, int group) {
        return iso.group(group) == null ? 0 : Integer.parseInt(iso.group(group));
    }

    private static int nanos(String fraction) {
        return fraction == null ? 0 : Integer.parseInt((fraction + "000").substring(0, 3)) * 1_000_000;
    }

    private long byPattern(String text, DateTimeFormatter formatter) {
        TemporalAccessor parsed = formatter.parse(text);
        LocalTime time = parsed.query(TemporalQueries.localTime());
        ZoneId written = parsed.query(TemporalQueries.zone());
        LocalDate date = LocalDate.from(parsed);
        return micros(
                LocalDateTime.of(date, time == null ? LocalTime.MIDNIGHT : time), written == null ? zone : written);
    }

    private static long micros(LocalDateTime at, ZoneId zone) {
        return Math.multiplyExact(at.atZone(zone).toInstant().toEpochMilli(), 1_000L);
    }
}
