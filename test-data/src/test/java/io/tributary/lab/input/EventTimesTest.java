package io.tributary.lab.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.TimeFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimesTest {

    private final EventTimes times = new EventTimes(List.of(TimeFormat.DEFAULT), ZoneId.of("Europe/Berlin"));

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T12:00:00Z, 2026-03-01T12:00:00Z",
        "2026-03-01 12:00:00Z, 2026-03-01T12:00:00Z",
        "2026-03-01T12:00:00.123956789Z, 2026-03-01T12:00:00.123Z",
        "1969-12-31T23:59:59.9999999Z, 1969-12-31T23:59:59.999Z",
        "2026-03-01T12:00:00.1Z, 2026-03-01T12:00:00.1Z",
        "2026-03-01T12:00Z, 2026-03-01T12:00:00Z",
        "2026-03-01T12:00:00+02, 2026-03-01T10:00:00Z",
        "2026-03-01T12:00:00+0230, 2026-03-01T09:30:00Z",
        "2026-03-01T12:00:00-02:30, 2026-03-01T14:30:00Z",
        "2026-03-01T12:00:00, 2026-03-01T11:00:00Z",
        "2026-07-01 12:00, 2026-07-01T10:00:00Z",
        "2026-03-01, 2026-02-28T23:00:00Z",
        "2026-03-01t12:00:00z, 2026-03-01T12:00:00Z",
        "'2026-03-01 12:00:00,5', 2026-03-01T11:00:00.5Z",
        "2026-03-01 12:00:00 +0200, 2026-03-01T10:00:00Z",
        "2026-03-01 12:00:00 UTC, 2026-03-01T12:00:00Z",
        "2026-03-01 12:00:00 +0000 UTC, 2026-03-01T12:00:00Z",
        "2026-03-01T12:00:00+01:00[Europe/Berlin], 2026-03-01T11:00:00Z",
        "1517365101235, 2018-01-31T02:18:21.235Z",
        "-1, 1969-12-31T23:59:59.999Z",
        "0, 1970-01-01T00:00:00Z"
    })
    void textInTheDefaultFormatIsRead(String text, Instant expected) {
        assertThat(times.micros(new Json.Text(text))).contains(micros(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "yesterday",
                "2026-02-30T12:00:00Z",
                "2026-02-29",
                "2026-13-01",
                "2026-03-01T24:00:00Z",
                "2026-03-01T12:60Z",
                "2026-03-01T12:00:60Z",
                "2026-03-01T12Z",
                "2026-3-1T12:00Z",
                "26-03-01",
                "2026-03-01  12:00",
                "2026-03-01T12:00:00.Z",
                "2026-03-01T12:00:00.1234567890Z",
                "2026-03-01T12:00:00;5Z",
                "2026-03-01T12:00:00 +0200 UTC",
                "2026-03-01T12:00:00[Europe/Berlin]",
                "2026-03-01T12:00:00 CET",
                "2026-03-01 UTC",
                "2026-03-01T12:00:00+2",
                "2026-03-01T12:00:00+99:00",
                " 2026-03-01T12:00:00Z",
                "2026-03-01T12:00:00Z ",
                "+1517365101235",
                "1517365101235.5",
                "99999999999999999999999999"
            })
    void otherTextIsNoTime(String text) {
        assertThat(times.micros(new Json.Text(text))).isEmpty();
    }

    @Test
    void numbersAreMillisecondsWithFractions() {
        assertThat(times.micros(number("1517365101235"))).contains(1517365101235000L);
        assertThat(times.micros(number("1517365101235.6789"))).contains(1517365101235000L);
        assertThat(times.micros(number("1.517365101235e12"))).contains(1517365101235000L);
        assertThat(times.micros(number("1e300"))).isEmpty();
        assertThat(times.micros(number("1e999999999"))).isEmpty();
    }

    @Test
    void nothingElseIsATime() {
        assertThat(times.micros(new Json.Null())).isEmpty();
        assertThat(times.micros(new Json.Truth(true))).isEmpty();
        assertThat(times.micros(new Json.Obj(Map.of()))).isEmpty();
    }

    @Test
    void aPatternIsTakenByTheLetter() {
        EventTimes slashes =
                new EventTimes(List.of(TimeFormat.parse("yyyy/MM/dd HH:mm")), ZoneId.of("America/New_York"));
        assertThat(slashes.micros(new Json.Text("2018/01/31 07:05"))).contains(micros("2018-01-31T12:05:00Z"));
        assertThat(slashes.micros(new Json.Text("2018/02/30 07:05"))).isEmpty();
        assertThat(slashes.micros(new Json.Text("2018/01/31 07:05:01"))).isEmpty();
        assertThat(slashes.micros(new Json.Text("2018/01/31"))).isEmpty();
        assertThat(slashes.micros(new Json.Text("2018-01-31T07:05:00Z"))).isEmpty();
    }

    @Test
    void aPatternMayLackTheTimeOfDayAndTakeNumbers() {
        EventTimes days = new EventTimes(List.of(TimeFormat.parse("yyyyMMdd")), ZoneId.of("UTC"));
        assertThat(days.micros(number("20180131"))).contains(micros("2018-01-31T00:00:00Z"));
        assertThat(days.micros(new Json.Text("20180131"))).contains(micros("2018-01-31T00:00:00Z"));
    }

    @Test
    void epochsAreOfTheUnitThatIsSaidAndFormatsAreTriedInOrder() {
        EventTimes auto = new EventTimes(List.of(TimeFormat.parse("epoch_auto")), ZoneId.of("UTC"));
        for (String number : List.of("1517365101.235", "1517365101235", "1517365101235999", "1517365101235999999")) {
            assertThat(auto.micros(number(number))).as(number).contains(1517365101235000L);
            assertThat(auto.micros(new Json.Text(number))).as(number).contains(1517365101235000L);
        }
        EventTimes several = new EventTimes(
                List.of(
                        TimeFormat.parse("iso8601"),
                        TimeFormat.parse("epoch_seconds"),
                        TimeFormat.parse("epoch_millis")),
                ZoneId.of("UTC"));
        assertThat(several.micros(new Json.Text("2018-01-31"))).contains(micros("2018-01-31T00:00:00Z"));
        assertThat(several.micros(number("1517365101"))).contains(1517365101000000L);
        assertThat(several.micros(number("1517365101235"))).contains(1517365101235000L);
        assertThat(several.micros(new Json.Text("31 Jan 2018"))).isEmpty();
    }

    @Test
    void inAColumnANumberOfAUnitThatNobodySaidIsNoTimeAround1970() {
        EventTimes column = EventTimes.ofColumn(List.of(), List.of(TimeFormat.DEFAULT), ZoneId.of("UTC"));
        assertThat(column.micros(number("1517365101"))).isEmpty();
        assertThat(column.micros(new Json.Text("1517365101"))).isEmpty();
        assertThat(column.micros(number("1517365101235"))).contains(1517365101235000L);
    }

    @Test
    void theZoneThatIsWrittenCounts() {
        EventTimes zoned =
                new EventTimes(List.of(TimeFormat.parse("dd MMM yyyy HH:mm:ss xx")), ZoneId.of("Asia/Tokyo"));
        assertThat(zoned.micros(new Json.Text("31 Jan 2018 07:05:09 +0100"))).contains(micros("2018-01-31T06:05:09Z"));
    }

    private static Json number(String text) {
        return new Json.Num(text);
    }

    private static long micros(String instant) {
        return micros(Instant.parse(instant));
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
