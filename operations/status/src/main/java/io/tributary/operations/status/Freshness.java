package io.tributary.operations.status;

import io.tributary.lake.commit.AppendTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The freshness of many rows, put together from what the commits hold: of each partition and batch the least and the greatest
 * freshness, the median, and the 99th percentile. Between these four the rows are taken to be spread evenly, so a percentile
 * over many batches is an estimate, that is exact at the ends.
 */
final class Freshness {

    private static final int MAX_STEPS = 60;

    private final List<Segment> segments = new ArrayList<>();

    /** So many rows, whose freshness lies evenly between two values, in milliseconds. */
    private record Segment(double least, double greatest, double rows) {

        double upTo(double millis) {
            if (millis >= greatest) {
                return rows;
            }
            return millis <= least ? 0 : rows * (millis - least) / (greatest - least);
        }
    }

    /** Adds the rows of one partition in one batch. */
    void add(Instant committedAt, AppendTimes appended) {
        long at = committedAt.toEpochMilli();
        add((double) at - appended.latest(), (double) at - appended.median(), 0.5 * appended.count());
        add((double) at - appended.median(), (double) at - appended.onePercent(), 0.49 * appended.count());
        add((double) at - appended.onePercent(), (double) at - appended.earliest(), 0.01 * appended.count());
    }

    private void add(double least, double greatest, double count) {
        segments.add(new Segment(least, greatest, count));
    }

    /** The share of the rows that were queryable within a time; empty without rows. */
    OptionalDouble shareWithin(Duration time) {
        double rows = rows();
        return rows == 0 ? OptionalDouble.empty() : OptionalDouble.of(upTo((double) time.toMillis()) / rows);
    }

    /** Added up as {@link #upTo} does, so that all of them are exactly all. */
    private double rows() {
        return segments.stream().mapToDouble(Segment::rows).sum();
    }

    private double upTo(double millis) {
        return segments.stream().mapToDouble(segment -> segment.upTo(millis)).sum();
    }

    /**
     * The time within which a share of the rows was queryable; empty without rows. Below zero if the producers' clocks are
     * ahead.
     */
    Optional<Duration> quantile(double share) {
        double rows = rows();
        if (rows == 0) {
            return Optional.empty();
        }
        double low = segments.stream().mapToDouble(Segment::least).min().orElse(0);
        double high = segments.stream().mapToDouble(Segment::greatest).max().orElse(0);
        for (int step = 0; step < MAX_STEPS && high - low > 0.5; step++) {
            double middle = (low + high) / 2;
            if (upTo(middle) >= share * rows) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return Optional.of(Duration.ofMillis(Math.round(high)));
    }
}
