package io.tributary.operations.status;

import io.tributary.lake.commit.BatchMetadata;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Whether the objective is kept.
 *
 * @param share of the rows of the last hour that were queryable in time; empty if there were none, or the commits do not say
 * @param since since when it is as it is: the first batch after the last that missed it, or else the first that missed it
 * @param isSinceOpen whether it was so at least since then, since no older batch was looked at
 * @param budgetLeft share of the month's tolerated late rows that is left
 */
public record ObjectiveReport(
        Objective objective,
        OptionalDouble share,
        Optional<Instant> since,
        boolean isSinceOpen,
        OptionalDouble budgetLeft) {

    /** @param batches oldest first */
    static ObjectiveReport of(
            Objective objective, List<BatchMetadata> batches, Instant now, OptionalDouble budgetLeft) {
        long hourAgo = now.minus(LakeTailReader.WINDOW).toEpochMilli();
        Freshness hour = new Freshness();
        batches.stream().filter(batch -> batch.committedAt() >= hourAgo).forEach(batch -> add(hour, batch));
        OptionalDouble share = hour.shareWithin(objective.within());
        if (share.isEmpty()) {
            return new ObjectiveReport(objective, share, Optional.empty(), false, budgetLeft);
        }
        boolean isMet = share.getAsDouble() >= objective.share();
        Optional<Instant> since = Optional.empty();
        boolean isOpen = true;
        for (BatchMetadata batch : batches) {
            Freshness own = new Freshness();
            add(own, batch);
            OptionalDouble inTime = own.shareWithin(objective.within());
            if (inTime.isEmpty()) {
                continue;
            }
            boolean isGood = inTime.getAsDouble() >= objective.share();
            if (isMet && !isGood) {
                since = Optional.empty();
                isOpen = false;
            } else if (since.isEmpty() && isGood == isMet) {
                since = Optional.of(Instant.ofEpochMilli(batch.committedAt()));
            } else if (!isMet && isGood && since.isEmpty()) {
                isOpen = false;
            }
        }
        return new ObjectiveReport(objective, share, since, isOpen, budgetLeft);
    }

    static void add(Freshness freshness, BatchMetadata batch) {
        batch.flow()
                .appended()
                .values()
                .forEach(appended -> freshness.add(Instant.ofEpochMilli(batch.committedAt()), appended));
    }

    /** Whether the objective was kept in the last hour; empty if that is not known. */
    public Optional<Boolean> isMet() {
        return share.isEmpty() ? Optional.empty() : Optional.of(share.getAsDouble() >= objective.share());
    }
}
