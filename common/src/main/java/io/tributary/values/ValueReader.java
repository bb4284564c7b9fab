package io.tributary.values;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.config.ColumnType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Reads the value of a typed column. A value fits if nothing is lost: a number that the type holds exactly (a double
 * may round), a text that is such a number, or {@code true} and {@code false}. Text columns accept any value.
 */
public final class ValueReader {

    /** The most digits of a JSON number. The time to parse more grows with the square of their number. */
    private static final int MAX_NUMBER_LENGTH = 1000;

    private final ColumnType type;
    private final TimeReader times;
    private final Optional<NestedReader> nested;

    public ValueReader(ColumnType type, TimeReader times) {
        this.type = type;
        this.times = times;
        this.nested = type.kind().isNested() ? Optional.of(new NestedReader(type, times)) : Optional.empty();
    }

    /** The value as Spark expects it; empty if it does not fit. Only for values that are present and not null. */
    public Optional<Object> read(JsonNode value) {
        try {
            return switch (type.kind()) {
                case STRING -> text(value).map(Object.class::cast);
                case BOOLEAN -> truth(value);
                case INT -> number(value).map(BigDecimal::intValueExact);
                case LONG -> number(value).map(BigDecimal::longValueExact);
                case DOUBLE ->
                    number(value)
                            .map(BigDecimal::doubleValue)
                            .filter(Double::isFinite)
                            .map(Object.class::cast);
                case DECIMAL ->
                    number(value)
                            .map(BigDecimal::stripTrailingZeros)
                            .filter(this::fits)
                            .map(shortest -> shortest.setScale(type.scale()));
                case TIMESTAMP ->
                    times.read(value).filter(TimeReader::isOfTables).map(Object.class::cast);
                case DATE -> date(value).map(Object.class::cast);
                case ARRAY, MAP, STRUCT -> nested.orElseThrow().read(value);
            };
        } catch (ArithmeticException | NumberFormatException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** A number beyond the range of double arrives as an infinite double, not as written. A newer Jackson keeps it. */
    private static Optional<String> text(JsonNode value) {
        return value.isDouble() || (value.isBigDecimal() && Double.isInfinite(value.doubleValue()))
                ? Optional.empty()
                : Optional.of(value.isValueNode() ? value.asText() : value.toString());
    }

    private static Optional<Object> truth(JsonNode value) {
        return switch (value.asText()) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static Optional<BigDecimal> number(JsonNode value) {
        if (value.isNumber()) {
            return Optional.of(value.decimalValue());
        }
        return value.isTextual() && value.textValue().length() <= MAX_NUMBER_LENGTH
                ? Optional.of(new BigDecimal(value.textValue()))
                : Optional.empty();
    }

    private static Optional<LocalDate> date(JsonNode value) {
        return Optional.of(value)
                .filter(JsonNode::isTextual)
                .map(text -> LocalDate.parse(text.asText()))
                .filter(ValueReader::isOfTables);
    }

    /** SQL engines support the years 1 to 9999. Far beyond them Spark would fail on the value. */
    private static boolean isOfTables(LocalDate date) {
        return date.getYear() >= 1 && date.getYear() <= 9999;
    }

    /**
     * Whether the type holds a number, which has no trailing zeros. Also rejects numbers such as 1e999999999 before
     * arithmetic would write out all their digits.
     */
    private boolean fits(BigDecimal shortest) {
        return shortest.signum() == 0
                || (shortest.scale() <= type.scale()
                        && (long) shortest.precision() - shortest.scale() <= type.precision() - type.scale());
    }
}
