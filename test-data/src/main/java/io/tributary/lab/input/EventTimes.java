package io.tributary.lab.input;

import io.tributary.config.TimeFormat;
import io.tributary.lab.input.Json.Num;
import io.tributary.lab.input.Json.Text;
import java.math.BigDecimal;
import java.math.BigInteger;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads times by the rules of {@code event.time_format} and {@code event.time_zone}; what is finer than a millisecond is
 * cut off. Of several formats the first counts that reads a time of the years 1 to 9999.
 */
final class EventTimes {

    private static final Pattern ISO = Pattern.compile(
            "(\\d{4})-(\\d{2})-(\\d{2})"
                    + "(?:[Tt ](\\d{2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?(| ?[Zz]| ?[+-]\\d{2}(?::?\\d{2})?)(\\[[A-Za-z][A-Za-z0-9_+/-]{0,63}])?( UTC)?)?");

    /** A number with more digits behind the point is no time. */
    private static final int MAX_DECIMALS = 15;

    /** Milliseconds of more digits are no time. */
    private static final BigDecimal END_OF_TIME = BigDecimal.TEN.pow(15);

    /** As milliseconds it would be a time of around 1970. */
    private static final BigDecimal SHORT = BigDecimal.TEN.pow(11);

    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1_000);

    private static final Pattern DIGITS = Pattern.compile("-?\\d{1,21}");
    private static final Pattern DECIMALS = Pattern.compile("-?\\d{1,21}(\\.\\d{1,15})?");

    private static final long FIRST_MICROS = -62_135_596_800_000_000L;
    private static final long LAST_MICROS = 253_402_300_799_999_000L;

    private static final Set<String> NAMED =
            Set.of("default", "iso8601", "epoch_seconds", "epoch_millis", "epoch_micros", "epoch_nanos", "epoch_auto");

    private final List<String> formats;
    private final Map<String, DateTimeFormatter> patterns = new HashMap<>();
    private final ZoneId zone;
    private final boolean unitIsSaid;

    private EventTimes(List<String> formats, ZoneId zone, boolean unitIsSaid) {
        this.formats = formats;
        this.zone = zone;
        this.unitIsSaid = unitIsSaid;
        formats.stream()
                .filter(format -> !NAMED.contains(format))
                .forEach(letters -> patterns.put(letters, formatter(letters)));
    }

    /** Times in the first of {@code formats} that fits; those without an offset are of {@code zone}. */
    EventTimes(List<TimeFormat> formats, ZoneId zone) {
        this(texts(formats), zone, true);
    }

    /** Of a column: where it says no format, those of the event's time, and the default unless it is a short number. */
    static EventTimes ofColumn(List<TimeFormat> own, List<TimeFormat> event, ZoneId zone) {
        if (!own.isEmpty()) {
            return new EventTimes(own, zone);
        }
        List<String> formats = new ArrayList<>(texts(event));
        formats.add("default");
        return new EventTimes(formats, zone, false);
    }

    private static List<String> texts(List<TimeFormat> formats) {
        return formats.stream().map(TimeFormat::text).toList();
    }

    /** Microseconds since 1970; empty if the value is no time. */
    Optional<Long> micros(Json value) {
        List<Long> read = new ArrayList<>();
        for (String format : formats) {
            try {
                long micros = micros(value, format);
                if (micros >= FIRST_MICROS && micros <= LAST_MICROS) {
                    return Optional.of(micros);
                }
                read.add(micros);
            } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
                // Another format may fit.
            }
        }
        return read.stream().findFirst();
    }

    private long micros(Json value, String format) {
        if (!(value instanceof Text) && !(value instanceof Num)) {
            throw new ArithmeticException("no time");
        }
        String said = value instanceof Text text ? text.value() : ((Num) value).digits();
        return switch (format) {
            case "iso8601" -> iso(value);
            case "epoch_seconds" -> epoch(number(value, DECIMALS), 3);
            case "epoch_millis" -> epoch(number(value, DECIMALS), 0);
            case "epoch_micros" -> epoch(number(value, DECIMALS), -3);
            case "epoch_nanos" -> epoch(number(value, DECIMALS), -6);
            case "epoch_auto" -> {
                BigDecimal number = number(value, DECIMALS);
                int thousands = 0;
                for (BigDecimal limit = SHORT; number.abs().compareTo(limit) >= 0 && thousands < 3; thousands++) {
                    limit = limit.multiply(THOUSAND);
                }
                yield epoch(number, 3 - 3 * thousands);
            }
            case "default" -> value instanceof Num || DIGITS.matcher(said).matches() ? millis(value) : iso(value);
            default -> byPattern(said, patterns.get(format));
        };
    }

    private static DateTimeFormatter formatter(String letters) {
        return new DateTimeFormatterBuilder()
                .appendPattern(letters)
                .parseDefaulting(ChronoField.ERA, 1)
                .toFormatter(Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT);
    }

    private long millis(Json value) {
        BigDecimal number = number(value, DIGITS);
        if (!unitIsSaid && number.abs().compareTo(SHORT) < 0) {
            throw new ArithmeticException("of a unit that nobody has said");
        }
        return epoch(number, 0);
    }

    /** The number that a JSON number is, or that a text of the shape writes. */
    private static BigDecimal number(Json value, Pattern shape) {
        if (value instanceof Text text && !shape.matcher(text.value()).matches()) {
            throw new NumberFormatException(text.value());
        }
        BigDecimal number = new BigDecimal(value instanceof Text text ? text.value() : ((Num) value).digits());
        if (number.signum() != 0 && (number.scale() > MAX_DECIMALS || number.scale() < -MAX_DECIMALS * 2)) {
            throw new ArithmeticException("beyond any time");
        }
        return number.signum() == 0 ? BigDecimal.ZERO : number;
    }

    private static long epoch(BigDecimal number, int powerOfTen) {
        BigDecimal millis = number.scaleByPowerOfTen(powerOfTen);
        if (millis.abs().compareTo(END_OF_TIME) >= 0) {
            throw new ArithmeticException("beyond any time");
        }
        BigInteger whole = millis.setScale(0, RoundingMode.FLOOR).toBigIntegerExact();
        return Math.multiplyExact(whole.longValueExact(), 1_000L);
    }

    private long iso(Json value) {
        if (!(value instanceof Text text)) {
            throw new DateTimeException("a number");
        }
        Matcher iso = ISO.matcher(text.value());
        if (!iso.matches()) {
            throw new DateTimeException("of another shape");
        }
        LocalDate date = LocalDate.of(number(iso, 1), number(iso, 2), number(iso, 3));
        LocalTime time = LocalTime.of(number(iso, 4), number(iso, 5), number(iso, 6), nanos(iso.group(7)));
        return micros(LocalDateTime.of(date, time), zone(iso));
    }

    private ZoneId zone(Matcher iso) {
        String offset = iso.group(8) == null ? "" : iso.group(8).strip();
        boolean isUtc = iso.group(10) != null;
        boolean isNamed = iso.group(9) != null;
        if (offset.isEmpty()) {
            if (isNamed) {
                throw new DateTimeException("a zone's name needs an offset");
            }
            return isUtc ? ZoneOffset.UTC : zone;
        }
        ZoneOffset read = offset.equalsIgnoreCase("z") ? ZoneOffset.UTC : ZoneOffset.of(offset);
        if (isUtc && (isNamed || !read.equals(ZoneOffset.UTC))) {
            throw new DateTimeException("UTC and another offset");
        }
        return read;
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
