package io.tributary.ingest.decode;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.config.ColumnType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Reads the value of a typed column. It fits if nothing is lost: a number that its type holds exactly (a double may
 * round, as doubles do), a text that is such a number, {@code true} and {@code false}; text columns take any value.
 */
final class ValueReader {

    /** As many as a JSON number may have; reading more of them costs with the square of their number. */
    private static final int MAX_NUMBER_LENGTH = 1000;

    private final ColumnType type;
    private final TimeReader patternTime;
    private final TimeReader defaultTime;

    ValueReader(ColumnType type, TimeReader patternTime, TimeReader defaultTime) {
        this.type = type;
        this.patternTime = patternTime;
        this.defaultTime = defaultTime;
    }

    /** The value as Spark takes it; empty if it does not fit. Only for values that are there and not null. */
    Optional<Object> read(JsonNode value) {
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
                case DECIMAL -> number(value).filter(this::fits).map(number -> number.setScale(type.scale()));
                case TIMESTAMP -> time(value).map(Object.class::cast);
                case DATE -> date(value).map(Object.class::cast);
            };
        } catch (ArithmeticException | NumberFormatException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** A number beyond all doubles comes as an infinite double, not as written; a newer Jackson keeps it. */
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

    private Optional<Instant> time(JsonNode value) {
        return patternTime
                .read(value)
                .or(() -> defaultTime.read(value))
                .filter(time -> isOfTables(LocalDate.ofInstant(time, ZoneOffset.UTC)));
    }

    private static Optional<LocalDate> date(JsonNode value) {
        return Optional.of(value)
                .filter(JsonNode::isTextual)
                .map(text -> LocalDate.parse(text.asText()))
                .filter(ValueReader::isOfTables);
    }

    /** SQL engines know the years 1 to 9999; far beyond them Spark would fail on the value. */
    private static boolean isOfTables(LocalDate date) {
        return date.getYear() >= 1 && date.getYear() <= 9999;
    }

    /** Also keeps numbers such as 1e999999999 away from arithmetic that would write all their digits out. */
    private boolean fits(BigDecimal number) {
        BigDecimal shortest = number.stripTrailingZeros();
        return shortest.scale() <= type.scale()
                && (long) shortest.precision() - shortest.scale() <= type.precision() - type.scale();
    }
}
