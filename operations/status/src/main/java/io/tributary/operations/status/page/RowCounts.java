package io.tributary.operations.status.page;

import io.tributary.columns.Columns;
import io.tributary.lake.log.TableFiles;
import io.tributary.lake.view.LakeSql;
import io.tributary.operations.completeness.Completeness;
import io.tributary.operations.completeness.EventHour;
import io.tributary.operations.status.ValidThrough;
import io.tributary.operations.text.Words;
import io.tributary.schema.Lake;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * What is counted in the tables themselves, since no commit tells it.
 *
 * @param at when
 * @param took how long
 * @param hours of the data centers, of today and yesterday
 * @param lateness of the rows of the last hour
 * @param notCounted why nothing was counted; empty if it was
 */
record RowCounts(
        Instant at, Duration took, List<EventHour> hours, List<Lateness> lateness, Optional<String> notCounted) {

    /** So many rows are counted in seconds by any cluster; a page is not worth more. */
    private static final long MAX_ROWS = 50_000_000;

    private static final Duration MIN_INTERVAL = Duration.ofMinutes(1);

    /** So many times as long as counting takes it is not repeated: to read the tables costs requests and machines. */
    private static final int INTERVAL_TO_TOOK = 50;

    /** Counts, unless the tables hold too many rows of the two dates. */
    static RowCounts of(
            SparkSession spark, Lake lake, Map<String, ValidThrough> validThrough, Instant now, Clock clock) {
        LocalDate today = now.atOffset(ZoneOffset.UTC).toLocalDate();
        List<LocalDate> dates = List.of(today.minusDays(1), today);
        long rows = rows(spark, lake.merged(), Columns.EVENT_DATE, dates)
                + rows(spark, lake.staging(), Columns.ARRIVAL_DATE, dates);
        if (rows > MAX_ROWS) {
            return new RowCounts(
                    now,
                    Duration.ZERO,
                    List.of(),
                    List.of(),
                    Optional.of("Not counted here, since the two dates have " + Words.count(rows) + " rows; tributary"
                            + " completeness --date counts them."));
        }
        // Names of its own, beside those of the job.
        LakeSql sql = new LakeSql(spark.newSession(), lake);
        List<EventHour> hours = Completeness.hours(sql, lake, dates.get(0), dates.get(1), validThrough, Instant.MAX);
        List<Lateness> lateness = Lateness.of(sql, lake, now);
        return new RowCounts(now, Duration.between(now, clock.instant()), hours, lateness, Optional.empty());
    }

    /** Whether it is not worth to count again. A lake in which nothing was found fills at any moment. */
    boolean isCurrent(Instant now) {
        Duration interval = took.multipliedBy(INTERVAL_TO_TOOK);
        return at.plus(interval.compareTo(MIN_INTERVAL) > 0 ? interval : MIN_INTERVAL)
                        .isAfter(now)
                && (notCounted.isPresent() || !hours.isEmpty());
    }

    private static long rows(SparkSession spark, String table, String column, List<LocalDate> dates) {
        List<String> values = dates.stream().map(LocalDate::toString).toList();
        return TableFiles.ofNewest(spark, table).inPartitions(column, values).stream()
                .mapToLong(file -> file.statistics().rows().orElse(0))
                .sum();
    }
}
