package io.tributary.operations.cli;

import io.tributary.config.yaml.Quoted;
import io.tributary.error.InvalidInputException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.TypeConversionException;

/** When a pause ends, as people write it. */
final class EndOfPause {

    private EndOfPause() {}

    /**
     * Reads an instant, a time of day in UTC (the next one), or a duration from now. In whole seconds.
     *
     * @throws InvalidInputException if it is none of them, or not after now
     */
    static Instant parse(String text, Instant now) {
        Instant end = read(text, now).truncatedTo(ChronoUnit.SECONDS);
        if (!end.isAfter(now)) {
            throw new InvalidInputException("--until " + Quoted.of(text) + " is " + end + ", and it is " + now
                    + " already. Name a later time.");
        }
        return end;
    }

    private static Instant read(String text, Instant now) {
        try {
            if (text.matches("\\d{1,2}:\\d\\d")) {
                LocalTime time = LocalTime.parse(text.length() == 4 ? "0" + text : text);
                OffsetDateTime today = now.atOffset(ZoneOffset.UTC).with(time);
                return (today.toInstant().isAfter(now) ? today : today.plusDays(1)).toInstant();
            }
            return text.matches("\\d{4}-.*")
                    ? OffsetDateTime.parse(text).toInstant()
                    : now.plus(new DurationOption.Positive().convert(text));
        } catch (DateTimeException | TypeConversionException e) {
            throw new InvalidInputException(
                    "--until " + Quoted.of(text) + " is no time. Write 2026-01-31T14:00:00Z, or 14:00 (UTC), or 4h.",
                    e);
        }
    }
}
