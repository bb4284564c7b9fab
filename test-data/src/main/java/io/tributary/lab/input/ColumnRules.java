package io.tributary.lab.input;

import io.tributary.columns.Columns;
import io.tributary.config.ColumnConfig;
import io.tributary.config.ColumnType;
import io.tributary.config.EventConfig;
import io.tributary.config.PipelineConfig;
import io.tributary.lab.input.Expected.Exactly;
import io.tributary.lab.input.Expected.Mended;
import io.tributary.lab.input.Expected.Nothing;
import io.tributary.lab.input.Expected.NumberAsText;
import io.tributary.lab.input.Expected.Untold;
import io.tributary.lab.input.Json.Null;
import io.tributary.lab.input.Json.Num;
import io.tributary.lab.input.Json.Obj;
import io.tributary.lab.input.Json.Text;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the columns of an event hold, by the written rules of the configuration. */
public final class ColumnRules {

    private static final Pattern JSON_NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    private static final Pattern PERHAPS_A_NUMBER = Pattern.compile("[+-]?[\\p{Nd}.]+([eE][+-]?\\p{Nd}+)?");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    /** At the ends of what a table holds, readers may take years with a sign or not. */
    private static final Pattern SIGNED_YEAR = Pattern.compile("[+-]\\d+-.*");

    private static final long FIRST_MILLIS = -62_135_596_800_000L;
    private static final long LAST_MILLIS = 253_402_300_799_999L;

    /** Texts of numbers may be as long as the numbers themselves. */
    private static final int MAX_NUMBER_LENGTH = 1_000;

    /** What adds more zeros than this before or behind a number's digits fits no type. */
    private static final int MAX_EXPONENT = 400;

    private final PipelineConfig config;
    private final Map<String, EventTimes> times = new HashMap<>();

    public ColumnRules(PipelineConfig config) {
        this.config = config;
        EventConfig event = config.event();
        config.columns()
                .forEach(column -> times.put(
                        column.name(),
                        EventTimes.ofColumn(column.timeFormats(), event.timeFormats(), event.timeZone())));
    }

    /**
     * The columns of an event that the record says itself, by name.
     *
     * @param value of a record that is an event
     * @param through the data center that delivered it
     */
    public Map<String, Expected> columns(byte[] value, String through) {
        Obj object = StrictJson.object(value)
                .orElseThrow(() -> new IllegalArgumentException("Only an event has columns, and this is none"));
        Map<String, Expected> columns = new LinkedHashMap<>();
        columns.put(Columns.EVENT_TYPE, name(object, config.event().type()).orElseGet(Nothing::new));
        columns.put(
                Columns.DATA_CENTER,
                config.event()
                        .dataCenter()
                        .flatMap(pointer -> name(object, pointer))
                        .orElseGet(() -> new Exactly(through)));
        for (ColumnConfig column : config.columns()) {
            Expected expected = Pointer.parse(column.from())
                    .in(object)
                    .filter(found -> !(found instanceof Null))
                    .map(found -> expected(column, found))
                    .orElseGet(Nothing::new);
            columns.put(column.name(), expected);
        }
        return columns;
    }

    private static Optional<Expected> name(Obj object, String pointer) {
        return Pointer.parse(pointer)
                .in(object)
                .filter(value -> !(value instanceof Json.Obj || value instanceof Json.Arr || value instanceof Null))
                .filter(value -> !(value instanceof Text text && text.value().isBlank()))
                .map(ColumnRules::text);
    }

    private Expected expected(ColumnConfig column, Json value) {
        ColumnType type = column.type();
        return switch (type.kind()) {
            case STRING -> text(value);
            case BOOLEAN -> truth(value);
            case INT -> number(value, ColumnRules::ofInt);
            case LONG -> number(value, ColumnRules::ofLong);
            case DOUBLE -> number(value, ColumnRules::ofDouble);
            case DECIMAL -> number(value, number -> ofDecimal(type, number));
            case TIMESTAMP -> time(column, value);
            case DATE -> date(value);
            // Not written out here; the fuzz has no such columns.
            case ARRAY, MAP, STRUCT -> new Untold();
        };
    }

    private static Expected text(Json value) {
        if (value instanceof Text text) {
            return StandardCharsets.UTF_8.newEncoder().canEncode(text.value())
                    ? new Exactly(text.value())
                    : new Mended(text.value());
        }
        if (value instanceof Json.Truth truth) {
            return new Exactly(Boolean.toString(truth.value()));
        }
        if (value instanceof Num number) {
            Optional<BigDecimal> decimal = decimal(number.digits());
            return decimal.isEmpty() || Double.isInfinite(decimal.get().doubleValue())
                    ? new Untold()
                    : new NumberAsText(decimal.get());
        }
        return new Untold();
    }

    private static Expected truth(Json value) {
        if (value instanceof Json.Truth truth) {
            return new Exactly(truth.value());
        }
        return value instanceof Text text
                        && (text.value().equals("true") || text.value().equals("false"))
                ? new Exactly(Boolean.valueOf(text.value()))
                : new Nothing();
    }

    private interface OfNumber {
        Expected expected(BigDecimal number);
    }

    private static Expected number(Json value, OfNumber rule) {
        if (value instanceof Num number) {
            return decimal(number.digits()).map(rule::expected).orElseGet(Nothing::new);
        }
        if (value instanceof Text text && text.value().length() <= MAX_NUMBER_LENGTH) {
            if (JSON_NUMBER.matcher(text.value()).matches()) {
                return decimal(text.value()).map(rule::expected).orElseGet(Nothing::new);
            }
            return PERHAPS_A_NUMBER.matcher(text.value()).matches() ? new Untold() : new Nothing();
        }
        return new Nothing();
    }

    private static Optional<BigDecimal> decimal(String digits) {
        try {
            return Optional.of(new BigDecimal(digits));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Expected ofInt(BigDecimal number) {
        Optional<BigInteger> whole = whole(number);
        return whole.isPresent() && whole.get().bitLength() < Integer.SIZE
                ? new Exactly(whole.get().longValue())
                : new Nothing();
    }

    private static Expected ofLong(BigDecimal number) {
        Optional<BigInteger> whole = whole(number);
        return whole.isPresent() && whole.get().bitLength() < Long.SIZE
                ? new Exactly(whole.get().longValue())
                : new Nothing();
    }

    private static Optional<BigInteger> whole(BigDecimal number) {
        BigDecimal shortest = number.stripTrailingZeros();
        return shortest.scale() > 0 || shortest.scale() < -MAX_EXPONENT
                ? Optional.empty()
                : Optional.of(shortest.toBigInteger());
    }

    private static Expected ofDouble(BigDecimal number) {
        double rounded = Double.parseDouble(number.toString());
        return Double.isInfinite(rounded) ? new Nothing() : new Exactly(rounded + 0.0);
    }

    private static Expected ofDecimal(ColumnType type, BigDecimal number) {
        BigDecimal shortest = number.stripTrailingZeros();
        if (Math.abs((long) shortest.scale()) > MAX_EXPONENT || shortest.scale() > type.scale()) {
            return new Nothing();
        }
        BigInteger unscaled = shortest.movePointRight(type.scale()).toBigIntegerExact();
        return unscaled.abs().compareTo(BigInteger.TEN.pow(type.precision())) < 0
                ? new Exactly(new BigDecimal(unscaled, type.scale()))
                : new Nothing();
    }

    private Expected time(ColumnConfig column, Json value) {
        if (value instanceof Text text && SIGNED_YEAR.matcher(text.value()).matches()) {
            return new Untold();
        }
        return times.get(column.name())
                .micros(value)
                .map(micros -> Math.floorDiv(micros, 1_000L))
                .filter(millis -> millis >= FIRST_MILLIS && millis <= LAST_MILLIS)
                .<Expected>map(Exactly::new)
                .orElseGet(Nothing::new);
    }

    private static Expected date(Json value) {
        if (!(value instanceof Text text) || !DATE.matcher(text.value()).matches()) {
            return new Nothing();
        }
        String[] parts = text.value().split("-", -1);
        try {
            LocalDate date =
                    LocalDate.of(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
            return date.getYear() == 0 ? new Nothing() : new Exactly(date.toEpochDay());
        } catch (DateTimeException e) {
            return new Nothing();
        }
    }
}
