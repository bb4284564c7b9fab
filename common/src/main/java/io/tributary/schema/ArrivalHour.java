package io.tributary.schema;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Optional;

/**
 * An hour of arrival. It is one partition of the staging table.
 *
 * @param date UTC
 * @param hour 0 to 23
 */
public record ArrivalHour(LocalDate date, int hour) implements Comparable<ArrivalHour> {

    public static ArrivalHour of(Instant moment) {
        LocalDateTime utc = LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
        return new ArrivalHour(utc.toLocalDate(), utc.getHour());
    }

    /** The hour from partition values as the log writes them; empty if they are invalid. */
    public static Optional<ArrivalHour> parse(String date, String hour) {
        try {
            ArrivalHour parsed = new ArrivalHour(LocalDate.parse(date), Integer.parseInt(hour));
            return Optional.of(parsed).filter(one -> one.hour >= 0 && one.hour <= 23);
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The first moment after the hour. */
    public Instant end() {
        return date.atTime(hour, 0).plusHours(1).toInstant(ZoneOffset.UTC);
    }

    @Override
    public int compareTo(ArrivalHour other) {
        return Comparator.comparing(ArrivalHour::date)
                .thenComparing(ArrivalHour::hour)
                .compare(this, other);
    }
}
