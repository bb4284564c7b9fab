package io.tributary.lake.log;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.SortedMap;
import java.util.TreeMap;

/** From one moment to another, both within. */
public record TimeSpan(Instant first, Instant last) {

    /** The least that holds both. */
    public TimeSpan plus(TimeSpan other) {
        return new TimeSpan(
                first.isBefore(other.first) ? first : other.first, last.isAfter(other.last) ? last : other.last);
    }

    /** The span that begins earlier and ends later by so much. */
    public TimeSpan widened(Duration by) {
        return new TimeSpan(first.minus(by), last.plus(by));
    }

    /** The part that lies in each UTC date; a midnight is part of the date before it as well. */
    public SortedMap<LocalDate, TimeSpan> byDate() {
        SortedMap<LocalDate, TimeSpan> parts = new TreeMap<>();
        LocalDate end = LocalDate.ofInstant(last, ZoneOffset.UTC);
        for (LocalDate date = LocalDate.ofInstant(first, ZoneOffset.UTC); !date.isAfter(end); date = date.plusDays(1)) {
            Instant midnight = date.atStartOfDay(ZoneOffset.UTC).toInstant();
            Instant next = midnight.plus(Duration.ofDays(1));
            parts.put(
                    date, new TimeSpan(first.isAfter(midnight) ? first : midnight, last.isBefore(next) ? last : next));
        }
        return parts;
    }

    public Duration length() {
        return Duration.between(first, last);
    }
}
