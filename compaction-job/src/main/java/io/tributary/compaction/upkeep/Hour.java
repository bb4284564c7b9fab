package io.tributary.compaction.upkeep;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;

/** An hour of arrival, as it partitions the staging table. */
record Hour(LocalDate date, int hour) implements Comparable<Hour> {

    static Hour of(Instant moment) {
        LocalDateTime utc = LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
        return new Hour(utc.toLocalDate(), utc.getHour());
    }

    @Override
    public int compareTo(Hour other) {
        return Comparator.comparing(Hour::date).thenComparing(Hour::hour).compare(this, other);
    }
}
