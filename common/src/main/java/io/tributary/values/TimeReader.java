package io.tributary.values;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.config.ColumnConfig;
import io.tributary.config.TimeFormat;
import io.tributary.config.TimePatterns;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads a time as a record writes it, truncated to milliseconds. Some engines round finer times up, even into the next
 * day, while file statistics are truncated. They would then skip files that hold their own results.
 *
 * <p>It tries its formats in order. The first that reads a time of the years 1 to 9999 counts, so seconds that are read
 * as milliseconds, or the other way round, do not hide the format that is meant.
 */
public final class TimeReader {

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    private final List<Function<JsonNode, Optional<Instant>>> formats = new ArrayList<>();
    private final ZoneId zone;
    private final boolean isUnitSaid;

    /** @param zone of times that are written without an offset */
    public TimeReader(List<TimeFormat> formats, ZoneId zone) {
        this(formats, zone, true);
    }

    private TimeReader(List<TimeFormat> formats, ZoneId zone, boolean isUnitSaid) {
        this.zone = zone;
        this.isUnitSaid = isUnitSaid;
        formats.forEach(format -> this.formats.add(reading(format)));
    }

    /**
     * Of a typed column, in its own formats, or, if it has none, in those of the event's time and then in the default
     * one. In the default one nobody said the unit of a number, so a number that as milliseconds would be a time of
     * around 1970 is none: most probably it counts seconds.
     */
    public static TimeReader ofColumn(ColumnConfig column, List<TimeFormat> eventFormats, ZoneId zone) {
        if (!column.timeFormats().isEmpty()) {
            return new TimeReader(column.timeFormats(), zone);
        }
        List<TimeFormat> formats = new ArrayList<>(eventFormats);
        formats.add(TimeFormat.DEFAULT);
        return new TimeReader(formats, zone, false);
    }

    /** SQL engines support the years 1 to 9999. Far beyond them Spark would fail on the value. */
    public static boolean isOfTables(Instant time) {
        return !time.isBefore(FIRST) && !time.isAfter(LAST);
    }

    /** The time that a JSON value stands for, which may be of any year; empty if it stands for none. */
    public Optional<Instant> read(JsonNode value) {
        Optional<Instant> ofAnotherAge = Optional.empty();
        for (Function<JsonNode, Optional<Instant>> format : formats) {
            Optional<Instant> time = format.apply(value);
            if (time.filter(TimeReader::isOfTables).isPresent()) {
                return time;
            }
            ofAnotherAge = ofAnotherAge.or(() -> time);
        }
        return ofAnotherAge;
    }

    private Function<JsonNode, Optional<Instant>> reading(TimeFormat format) {
        return switch (format.kind()) {
            case DEFAULT ->
                value -> value.isTextual()
                        ? isoOrMillis(value.textValue())
                        : number(value).flatMap(this::millis);
            case ISO8601 -> value -> value.isTextual() ? iso(value.textValue()) : Optional.empty();
            case EPOCH_SECONDS -> epoch(EpochTime.SECONDS);
            case EPOCH_MILLIS -> epoch(EpochTime.MILLIS);
            case EPOCH_MICROS -> epoch(EpochTime.MICROS);
            case EPOCH_NANOS -> epoch(EpochTime.NANOS);
            case EPOCH_AUTO ->
                value -> numberOrText(value)
                        .flatMap(number -> EpochTime.ofMagnitude(number).read(number));
            case PATTERN -> {
                Function<String, TemporalAccessor> parse = TimePatterns.formatter(format.text())::parse;
                yield value -> value.isTextual() || value.isNumber()
                        ? instant(() -> Optional.of(parse.apply(value.asText())))
                        : Optional.empty();
            }
        };
    }

    private static Function<JsonNode, Optional<Instant>> epoch(EpochTime unit) {
        return value -> numberOrText(value).flatMap(unit::read);
    }

    private Optional<Instant> isoOrMillis(String text) {
        Optional<Instant> quick = IsoTime.read(text);
        if (quick.isPresent()) {
            return quick;
        }
        Optional<BigDecimal> number = EpochTime.whole(text);
        return number.isPresent() ? millis(number.get()) : iso(text);
    }

    private Optional<Instant> millis(BigDecimal number) {
        return isUnitSaid || !EpochTime.isShort(number) ? EpochTime.MILLIS.read(number) : Optional.empty();
    }

    private Optional<Instant> iso(String text) {
        return IsoTime.read(text).or(() -> instant(() -> Rfc3339.parse(text)));
    }

    private static Optional<BigDecimal> numberOrText(JsonNode value) {
        return value.isTextual() ? EpochTime.decimal(value.textValue()) : number(value);
    }

    /** A number beyond the range of double arrives as an infinite double, which has no decimal value. */
    private static Optional<BigDecimal> number(JsonNode value) {
        return value.isNumber() && !value.isDouble() ? Optional.of(value.decimalValue()) : Optional.empty();
    }

    @FunctionalInterface
    private interface Parsing {
        Optional<TemporalAccessor> parse();
    }

    private Optional<Instant> instant(Parsing parsing) {
        try {
            return parsing.parse().map(this::instant);
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
}
