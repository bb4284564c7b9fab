package io.tributary.operations.status;

import io.tributary.lake.commit.BatchMetadata;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How much of the month's budget is left: of the rows that may be late by the objective, the part that was not. It is an
 * estimate from batches at even distances, each of which stands for those around it.
 */
public final class ErrorBudget {

    private ErrorBudget() {}

    /** The beginning of the month, in UTC. */
    public static Instant beginning(Instant now) {
        return month(now).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static LocalDate month(Instant now) {
        return now.atOffset(ZoneOffset.UTC).toLocalDate().withDayOfMonth(1);
    }

    /**
     * The share that is left if the rest of the month brings as many rows as so far; negative if more was used than there is.
     * Empty if no row of the month is known.
     *
     * @param sample batches at even distances, oldest first; those of earlier months do not count
     */
    public static OptionalDouble left(Objective objective, List<BatchMetadata> sample, Instant now) {
        Instant beginning = beginning(now);
        Freshness freshness = new Freshness();
        Instant first = now;
        for (BatchMetadata batch : sample) {
            Instant committed = Instant.ofEpochMilli(batch.committedAt());
            if (!committed.isBefore(beginning)) {
                ObjectiveReport.add(freshness, batch);
                first = committed.isBefore(first) ? committed : first;
            }
        }
        OptionalDouble inTime = freshness.shareWithin(objective.within());
        if (inTime.isEmpty()) {
            return inTime;
        }
        Instant end = month(now).plusMonths(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        double elapsed = (double) Duration.between(first, now).toMillis()
                / Duration.between(first, end).toMillis();
        return OptionalDouble.of(1 - (1 - inTime.getAsDouble()) / (1 - objective.share()) * elapsed);
    }
}
