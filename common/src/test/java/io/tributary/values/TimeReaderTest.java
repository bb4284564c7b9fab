package io.tributary.values;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tributary.config.TimeFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeReaderTest {

    private static final TimeReader UTC = new TimeReader(List.of(TimeFormat.DEFAULT), ZoneId.of("UTC"));
    private static final TimeReader BERLIN = new TimeReader(List.of(TimeFormat.DEFAULT), ZoneId.of("Europe/Berlin"));

    @ParameterizedTest
    @CsvSource({
        "2024-02-29T13:14:15Z,                2024-02-29T13:14:15Z",
        "2024-02-29T13:14Z,                   2024-02-29T13:14:00Z",
        "2024-02-29T13:14:15.1Z,              2024-02-29T13:14:15.100Z",
        "2024-02-29T13:14:15.123456Z,         2024-02-29T13:14:15.123Z",
        "2024-02-29T23:59:59.999999999Z,      2024-02-29T23:59:59.999Z",
        "2024-02-29T13:14:15.000000999Z,      2024-02-29T13:14:15Z",
        "1969-12-31T23:59:59.999999999Z,      1969-12-31T23:59:59.999Z",
        "2024-02-29 13:14:15Z,                2024-02-29T13:14:15Z",
        "2024-02-29 13:14:15.5+02:00,         2024-02-29T11:14:15.500Z",
        "2024-02-29T13:14:15+02,              2024-02-29T11:14:15Z",
        "2024-02-29T13:14:15-0530,            2024-02-29T18:44:15Z",
        "2024-02-29T13:14:15+05:30,           2024-02-29T07:44:15Z",
        "2024-02-29T13:14:15-00:00,           2024-02-29T13:14:15Z",
        "2024-02-29T13:14:15,                 2024-02-29T13:14:15Z",
        "2024-02-29 13:14,                    2024-02-29T13:14:00Z",
        "2024-02-29,                          2024-02-29T00:00:00Z",
        "2024-12-31T23:30:00-01:00,           2025-01-01T00:30:00Z",
        "0001-01-01T00:00:00Z,                0001-01-01T00:00:00Z",
    })
    void isoTimesAreReadToTheMicrosecond(String text, Instant time) {
        assertThat(UTC.read(TextNode.valueOf(text))).contains(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "T",
                "now",
                "2024-02-30",
                "2023-02-29T00:00:00Z",
                "2024-13-01",
                "2024-00-10",
                "2024-2-9",
                "2024-02-29T",
                "2024-02-29 ",
                " 2024-02-29",
                "2024-02-29T24:00:00Z",
                "2024-02-29T23:59:60Z",
                "2024-02-29T13",
                "2024-02-29T 13:14:15",
                "2024-02-29 T13:14:15",
                "2024-02-29  13:14:15",
                "2024-02-2913:14:15",
                "2024-02-29Z",
                "2024-02-29T13:14:15ZZ",
                "2024-02-29T13:14:15Z+00:00",
                "2024-02-29T13:14:15+05:30+0530",
                "2024-02-29T13:14:15+5",
                "2024-02-29T13:14:15+05:3",
                "2024-02-29T13:14:15+19:00",
                "2024-02-29T13:14:15.Z",
                "20240229T131415Z",
                "24-02-29",
                "2024-02-29T13:14:15Z trailing",
                "2024-02-29T13:14:15[Europe/Berlin]",
                "Thu, 29 Feb 2024 13:14:15 GMT",
                "٢٠٢٤-٠٢-٢٩",
            })
    void whatIsNoTimeOrADayThatNeverWasIsNotGuessed(String text) {
        assertThat(UTC.read(TextNode.valueOf(text))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2024-01-15T12:00:00,       2024-01-15T11:00:00Z",
        "2024-07-15 12:00:00,       2024-07-15T10:00:00Z",
        "2024-07-15,                2024-07-14T22:00:00Z",
        "2024-07-15T12:00:00Z,      2024-07-15T12:00:00Z",
        "2024-07-15T12:00:00+09:00, 2024-07-15T03:00:00Z",
        "2024-10-27T02:30:00,       2024-10-27T00:30:00Z",
        "2024-03-31T02:30:00,       2024-03-31T01:30:00Z",
    })
    void theTimeZoneAppliesToTimesWithoutAnOffsetAlone(String text, Instant time) {
        assertThat(BERLIN.read(TextNode.valueOf(text))).contains(time);
    }

    @ParameterizedTest
    @CsvSource({
        "1700000000123,        2023-11-14T22:13:20.123Z",
        "0,                    1970-01-01T00:00:00Z",
        "-0,                   1970-01-01T00:00:00Z",
        "-1,                   1969-12-31T23:59:59.999Z",
        "1700000000123.0,      2023-11-14T22:13:20.123Z",
        "1700000000123.9999,   2023-11-14T22:13:20.123Z",
        "-1.5,                 1969-12-31T23:59:59.998Z",
        "-0.0001,              1969-12-31T23:59:59.999Z",
        "1.7e12,               2023-11-14T22:13:20Z",
        "17E11,                2023-11-14T22:13:20Z",
    })
    void numbersAreEpochMillisecondsInAnyZone(String number, Instant time) throws Exception {
        assertThat(UTC.read(json(number))).contains(time);
        assertThat(BERLIN.read(json(number))).contains(time);
    }

    @ParameterizedTest
    @CsvSource({"1700000000123, 2023-11-14T22:13:20.123Z", "-1, 1969-12-31T23:59:59.999Z", "0, 1970-01-01T00:00:00Z"})
    void digitsAreEpochMillisecondsToo(String text, Instant time) {
        assertThat(UTC.read(TextNode.valueOf(text))).contains(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1700000000123.5", "1e12", "+1700000000123", "1_000", "9999999999999999999", "0x10", "-"})
    void aTextThatIsMoreThanDigitsIsNoNumber(String text) {
        assertThat(UTC.read(TextNode.valueOf(text))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e999999999",
                "1e2147483647",
                "1e2147483645",
                "-1e2147483647",
                "1e-2147483647",
                "1e-999999999",
                "9999999999999999",
                "99999999999999999999999999999999999999999999",
                "true",
                "{}",
                "[]",
            })
    void whatIsNoNumberOfThisWorldIsNoTime(String number) throws Exception {
        assertThat(UTC.read(json(number))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            yyyy/MM/dd HH:mm             | 2024/02/29 13:14                | 2024-02-29T13:14:00Z
            dd.MM.yyyy                   | 29.02.2024                      | 2024-02-29T00:00:00Z
            yyyy-MM-dd'T'HH:mm:ss.SSSXXX | 2024-02-29T13:14:15.123+02:00   | 2024-02-29T11:14:15.123Z
            EEE, d MMM yyyy HH:mm:ss z   | Thu, 29 Feb 2024 13:14:15 GMT   | 2024-02-29T13:14:15Z
            MM/dd/yyyy hh:mm:ss a        | 02/29/2024 01:14:15 PM          | 2024-02-29T13:14:15Z
            yyyyMMddHHmmss               | 20240229131415                  | 2024-02-29T13:14:15Z
            uuuu-MM-dd HH:mm VV          | 2024-02-29 13:14 Europe/Berlin  | 2024-02-29T12:14:00Z
            """)
    void aPatternOfTheConfigurationIsRead(String pattern, String text, Instant time) {
        assertThat(pattern(pattern).read(TextNode.valueOf(text))).contains(time);
    }

    @Test
    void aPatternWithoutAnOffsetTakesTheTimeZone() {
        TimeReader reader = new TimeReader(List.of(TimeFormat.parse("yyyy/MM/dd HH:mm")), ZoneId.of("Asia/Kolkata"));

        assertThat(reader.read(TextNode.valueOf("2024/02/29 13:14"))).contains(Instant.parse("2024-02-29T07:44:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024/02/30 13:14",
                "2023/02/29 00:00",
                "2024/02/29 24:00",
                "2024/02/29",
                "2024-02-29T13:14Z",
                "1700000000000"
            })
    void aPatternIsStrictAndTheOnlyOne(String text) {
        assertThat(pattern("yyyy/MM/dd HH:mm").read(TextNode.valueOf(text))).isEmpty();
    }

    @Test
    void aNumberIsReadByThePatternIfThereIsOne() throws Exception {
        assertThat(pattern("yyyyMMdd").read(json("20240229"))).contains(Instant.parse("2024-02-29T00:00:00Z"));
        assertThat(pattern("yyyyMMdd").read(json("20240230"))).isEmpty();
        assertThat(pattern("yyyyMMdd").read(json("1e999999999"))).isEmpty();
        assertThat(pattern("yyyyMMdd").read(json("true"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2024-02-29t13:14:15z                             | 2024-02-29T13:14:15Z
            2024-02-29 13:14:15,123                          | 2024-02-29T13:14:15.123Z
            2024-02-29T13:14:15,5Z                           | 2024-02-29T13:14:15.500Z
            2024-02-29t13:14:15.5+02:00                      | 2024-02-29T11:14:15.500Z
            2024-02-29 13:14:15 +0000                        | 2024-02-29T13:14:15Z
            2024-02-29 13:14:15 -05:30                       | 2024-02-29T18:44:15Z
            2024-02-29 13:14:15 Z                            | 2024-02-29T13:14:15Z
            2024-02-29 13:14:15 UTC                          | 2024-02-29T13:14:15Z
            2024-02-29 13:14:15.123456789 +0000 UTC          | 2024-02-29T13:14:15.123Z
            2024-02-29T15:14:15+02:00[Europe/Berlin]         | 2024-02-29T13:14:15Z
            2024-02-29T13:14:15Z[Etc/UTC]                    | 2024-02-29T13:14:15Z
            """)
    void theSpellingsOfLanguagesAndDatabasesAreRead(String text, Instant time) {
        assertThat(UTC.read(TextNode.valueOf(text))).contains(time);
        assertThat(formats("iso8601").read(TextNode.valueOf(text))).contains(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-02-29T13:14:15 +0200 UTC",
                "2024-02-29 13:14:15 CET",
                "2024-02-29 13:14:15 utc",
                "2024-02-29 UTC",
                "2024-02-29 13:14:15  +0000",
                "2024-02-29 13:14:15 +00:00 UTC ",
                "2024-02-29 13:14:15 UTC UTC",
                "2024-02-29T13:14:15+02:00[]",
                "2024-02-29T13:14:15+02:00[Europe/Berlin][Europe/Berlin]",
                "2024-02-29T13:14:15,",
                "2024-02-29T13:14:15.5,5",
                "2024-02-29T24:00:00Z",
                "1709212455000",
                "1709212455"
            })
    void whatTheSpellingsDoNotCoverIsNoTime(String text) {
        assertThat(formats("iso8601").read(TextNode.valueOf(text))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "epoch_seconds, 1709212455,            2024-02-29T13:14:15Z",
        "epoch_seconds, 1709212455.123456,     2024-02-29T13:14:15.123Z",
        "epoch_seconds, 1.709212455e9,         2024-02-29T13:14:15Z",
        "epoch_seconds, 0,                     1970-01-01T00:00:00Z",
        "epoch_seconds, -0.0001,               1969-12-31T23:59:59.999Z",
        "epoch_millis,  1709212455123,         2024-02-29T13:14:15.123Z",
        "epoch_millis,  1709212455123.9,       2024-02-29T13:14:15.123Z",
        "epoch_micros,  1709212455123456,      2024-02-29T13:14:15.123Z",
        "epoch_micros,  -1,                    1969-12-31T23:59:59.999Z",
        "epoch_nanos,   1709212455123456789,   2024-02-29T13:14:15.123Z",
        "epoch_nanos,   1709212455123456789.5, 2024-02-29T13:14:15.123Z",
        "epoch_auto,    1709212455,            2024-02-29T13:14:15Z",
        "epoch_auto,    1709212455.5,          2024-02-29T13:14:15.500Z",
        "epoch_auto,    1709212455123,         2024-02-29T13:14:15.123Z",
        "epoch_auto,    1709212455123456,      2024-02-29T13:14:15.123Z",
        "epoch_auto,    1709212455123456789,   2024-02-29T13:14:15.123Z",
        "epoch_auto,    99999999999,           5138-11-16T09:46:39Z",
        "epoch_auto,    100000000000,          1973-03-03T09:46:40Z",
        "epoch_auto,    99999999999999,        5138-11-16T09:46:39.999Z",
        "epoch_auto,    100000000000000,       1973-03-03T09:46:40Z",
        "epoch_auto,    -62135596800,          0001-01-01T00:00:00Z",
    })
    void anEpochIsReadInTheUnitThatIsSaidAsNumberAndAsText(String format, String number, Instant time)
            throws Exception {
        assertThat(formats(format).read(json(number))).contains(time);
        if (!number.contains("e")) {
            assertThat(formats(format).read(TextNode.valueOf(number))).contains(time);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoch_seconds", "epoch_millis", "epoch_micros", "epoch_nanos", "epoch_auto"})
    void whatIsNoNumberOfItsUnitIsNoEpoch(String format) throws Exception {
        for (String number : List.of(
                "1e999999999",
                "1e-999999999",
                "1e2147483647",
                "-1e2147483645",
                "9".repeat(23),
                "true",
                "{}",
                "[1]",
                "null",
                "\"\"",
                "\"2024-02-29\"",
                "\"+1\"",
                "\"1e9\"",
                "\" 1\"",
                "\"1.\"",
                "\"\u0661\"")) {
            assertThat(formats(format).read(json(number))).as("%s", number).isEmpty();
        }
    }

    @Test
    void formatsAreTriedInOrder() throws Exception {
        TimeReader reader = formats("iso8601", "dd.MM.yyyy HH:mm", "epoch_seconds", "epoch_millis");
        Instant noon = Instant.parse("2024-02-29T12:00:00Z");

        assertThat(reader.read(TextNode.valueOf("2024-02-29T12:00:00Z"))).contains(noon);
        assertThat(reader.read(TextNode.valueOf("29.02.2024 12:00"))).contains(noon);
        assertThat(reader.read(json("1709208000"))).contains(noon);
        assertThat(reader.read(TextNode.valueOf("1709208000"))).contains(noon);
        // As seconds it would be a time of the year 56,000, which no table holds, so the next format counts.
        assertThat(reader.read(json("1709208000000"))).contains(noon);
        assertThat(reader.read(TextNode.valueOf("Thu, 29 Feb 2024"))).isEmpty();
    }

    @Test
    void aTimeBeyondTheTablesIsToldIfNoFormatReadsAnother() throws Exception {
        assertThat(formats("epoch_seconds", "yyyyMMdd").read(json("299999999999")))
                .contains(Instant.ofEpochSecond(299_999_999_999L));
    }

    private static TimeReader formats(String... formats) {
        return new TimeReader(Stream.of(formats).map(TimeFormat::parse).toList(), ZoneId.of("UTC"));
    }

    private static TimeReader pattern(String pattern) {
        return formats(pattern);
    }

    private static JsonNode json(String text) throws Exception {
        return JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build()
                .readTree(text);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theQuickWayAndTheFormatterAgree(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 5000; i++) {
            String date = String.format(
                    Locale.ROOT, "%04d-%02d-%02d", random.nextInt(10_000), random.nextInt(14), random.nextInt(33));
            String time = String.format(
                    Locale.ROOT, "%02d:%02d:%02d", random.nextInt(26), random.nextInt(62), random.nextInt(62));
            String fraction = random.nextBoolean() ? "" : "." + random.nextInt(1_000_000_000);

            String quick = date + (random.nextBoolean() ? "T" : " ") + time + fraction;

            // An offset of zero, written out, is left to the formatter.
            assertThat(UTC.read(TextNode.valueOf(quick + "Z"))).isEqualTo(UTC.read(TextNode.valueOf(quick + "+00:00")));
        }
    }
}
