package io.tributary.values;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tributary.config.ColumnConfig;
import io.tributary.config.ColumnType;
import io.tributary.config.TimeFormat;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueReaderTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            string  | "text"                  | text
            string  | ""                      | ``
            string  | 12                      | 12
            string  | 1.50                    | 1.50
            string  | true                    | true
            string  | {"a":[1,null]}          | {"a":[1,null]}
            string  | []                      | []
            boolean | true                    | true
            boolean | "false"                 | false
            int     | 2147483647              | 2147483647
            int     | -2147483648             | -2147483648
            int     | 5.0                     | 5
            int     | 1e3                     | 1000
            int     | "17"                    | 17
            long    | 9223372036854775807     | 9223372036854775807
            long    | "-1"                    | -1
            double  | 0.1                     | 0.1
            double  | "1e-3"                  | 0.001
            double  | 12345678901234567890    | 1.2345678901234567E19
            """)
    void aValueThatFitsIsTaken(String type, String json, String read) throws Exception {
        assertThat(read(type, json).map(Object::toString)).contains(read);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            decimal(18,4) | "0E-500000000" | 0.0000
            decimal(18,4) | 0E-500000000   | 0.0000
            decimal(18,4) | 0e500000000    | 0.0000
            decimal(18,4) | 1500e-3        | 1.5000
            decimal(4,4)  | 0              | 0.0000
            decimal(4,4)  | "0.0"          | 0.0000
            decimal(4,4)  | 0.1            | 0.1000
            """)
    void aDecimalIsScaledWithoutWritingOutTheZerosThatItWasSentWith(String type, String json, BigDecimal read)
            throws Exception {
        assertThat(read(type, json)).contains(read);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            string        | 1e999999999
            boolean       | 1
            boolean       | "yes"
            boolean       | "TRUE"
            boolean       | {}
            int           | 2147483648
            int           | -2147483649
            int           | 1.5
            int           | 1e999999999
            int           | 1e-999999999
            int           | 1e2147483647
            int           | "1e2147483647"
            int           | ""
            int           | " 1 "
            int           | "one"
            int           | true
            int           | [1]
            long          | 9223372036854775808
            long          | 0.1
            double        | 1e999
            double        | "NaN"
            double        | "Infinity"
            double        | true
            decimal(5,2)  | 1000
            decimal(5,2)  | 999.999
            decimal(5,2)  | 1e999999999
            decimal(5,2)  | 1e-999999999
            decimal(5,2)  | "x"
            decimal(5,2)  | {}
            decimal(38,0) | 1e2147483647
            decimal(38,0) | "1e2147483647"
            decimal(38,0) | 100e2147483647
            timestamp     | "soon"
            timestamp     | true
            timestamp     | "2024-02-30T00:00:00Z"
            timestamp     | "+10000-01-01T00:00:00Z"
            timestamp     | "+999999999-01-01T00:00:00Z"
            timestamp     | "0000-12-31T23:59:59Z"
            timestamp     | 999999999999999
            date          | "2024-02-30"
            date          | "2024-02-29T00:00:00Z"
            date          | "+999999999-01-01"
            date          | "0000-01-01"
            date          | 20240229
            """)
    void aValueThatDoesNotFitIsNotBent(String type, String json) throws Exception {
        assertThat(read(type, json)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'decimal(5,2)', 999.99, 999.99",
        "'decimal(5,2)', -999.9, -999.90",
        "'decimal(5,2)', 1.5000, 1.50",
        "'decimal(5,2)', 1e2, 100.00",
        "'decimal(5,2)', 0e2147483647, 0.00",
        "'decimal(5,0)', 99999, 99999",
        "'decimal(2,2)', 0.25, 0.25",
        "'decimal(38,0)', 99999999999999999999999999999999999999, 99999999999999999999999999999999999999",
    })
    void aDecimalHasTheScaleOfItsColumn(String type, String json, BigDecimal read) throws Exception {
        assertThat(read(type, json)).contains(read);
        assertThat(read(type, '"' + json + '"')).contains(read);
    }

    @Test
    void aTimestampIsReadByThePatternOrTheDefault() throws Exception {
        Instant noon = Instant.parse("2024-02-29T12:00:00Z");

        assertThat(read("timestamp", "\"29.02.2024 12:00\"")).contains(noon);
        assertThat(read("timestamp", "\"2024-02-29T12:00:00\"")).contains(noon);
        assertThat(read("timestamp", Long.toString(noon.toEpochMilli()))).contains(noon);
        assertThat(read("timestamp", "\"9999-12-31T23:59:59.999999Z\""))
                .contains(Instant.parse("9999-12-31T23:59:59.999Z"));
    }

    @Test
    void aDateIsIso() throws Exception {
        assertThat(read("date", "\"2024-02-29\"")).contains(LocalDate.of(2024, 2, 29));
    }

    /** As milliseconds they would be times of 1966 to 1973. */
    @ParameterizedTest
    @ValueSource(strings = {"1749974400", "\"1749974400\"", "1749974400.25", "20250615", "0", "-1", "99999999999"})
    void aNumberWhoseUnitNobodySaidIsNoTimeAround1970(String json) throws Exception {
        assertThat(read("timestamp", json)).isEmpty();
        assertThat(timestamp(List.of(), List.of("default"), json)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            epoch_seconds | 1749974400             | 2025-06-15T08:00:00Z
            epoch_seconds | "1749974400.25"        | 2025-06-15T08:00:00.250Z
            epoch_millis  | 1749974400             | 1970-01-21T06:06:14.400Z
            default       | 1749974400             | 1970-01-21T06:06:14.400Z
            epoch_micros  | 1749974400000000       | 2025-06-15T08:00:00Z
            epoch_nanos   | 1749974400000000000    | 2025-06-15T08:00:00Z
            yyyyMMdd      | 20250615               | 2025-06-15T00:00:00Z
            """)
    void aTimestampIsReadInTheFormatOfItsColumn(String format, String json, Instant time) throws Exception {
        assertThat(timestamp(List.of(format), List.of("default"), json)).contains(time);
        assertThat(timestamp(List.of(), List.of(format), format.equals("default") ? "1749974400000" : json))
                .isPresent();
    }

    @Test
    void aColumnWithAFormatOfItsOwnTakesNoOther() throws Exception {
        assertThat(timestamp(List.of("epoch_seconds"), List.of("dd.MM.yyyy"), "\"2025-06-15\""))
                .isEmpty();
        assertThat(timestamp(List.of("epoch_seconds"), List.of("dd.MM.yyyy"), "\"15.06.2025\""))
                .isEmpty();
        assertThat(timestamp(List.of("epoch_seconds"), List.of("default"), "1749974400000"))
                .isEmpty();
    }

    private static Optional<Object> timestamp(List<String> formats, List<String> eventFormats, String json)
            throws Exception {
        ColumnConfig column = new ColumnConfig(
                "a",
                ColumnType.parse("timestamp"),
                "/a",
                formats.stream().map(TimeFormat::parse).toList());
        return new ValueReader(
                        column.type(),
                        TimeReader.ofColumn(
                                column,
                                eventFormats.stream().map(TimeFormat::parse).toList(),
                                ZoneId.of("UTC")))
                .read(JSON.readTree(json));
    }

    private static Optional<Object> read(String type, String json) throws Exception {
        ColumnConfig column = new ColumnConfig("a", ColumnType.parse(type), "/a");
        TimeReader times = TimeReader.ofColumn(column, List.of(TimeFormat.parse("dd.MM.yyyy HH:mm")), ZoneId.of("UTC"));
        return new ValueReader(column.type(), times).read(JSON.readTree(json));
    }
}
