package io.tributary.operations.status;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * How the merge job does, by the merges that it committed. A run that finds nothing new commits nothing.
 *
 * @param merge number of the last merge
 * @param at when it was committed
 * @param rows that it added
 * @param watermark up to which committed time batches are merged
 * @param every the usual time between two merges
 * @param isOverdue whether rows wait and the last merge was three usual times ago
 */
public record MergeReport(
        OptionalLong merge,
        Optional<Instant> at,
        OptionalLong rows,
        Optional<Instant> watermark,
        Optional<Duration> every,
        boolean isOverdue) {

    private static final int OVERDUE_AFTER = 3;

    /** @param merges oldest first */
    static MergeReport of(List<LakeTail.Merge> merges, OptionalLong backlog, Instant now) {
        if (merges.isEmpty()) {
            return new MergeReport(
                    OptionalLong.empty(),
                    Optional.empty(),
                    OptionalLong.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    false);
        }
        LakeTail.Merge last = merges.get(merges.size() - 1);
        long every = StreamReport.median(IntStream.range(1, merges.size()).mapToLong(i -> Duration.between(
                        merges.get(i - 1).at(), merges.get(i).at())
                .toMillis()));
        boolean isLate = every > 0
                && backlog.orElse(0) > 0
                && Duration.between(last.at(), now).toMillis() > OVERDUE_AFTER * every;
        return new MergeReport(
                OptionalLong.of(last.metadata().merge()),
                Optional.of(last.at()),
                OptionalLong.of(last.metadata().total().merged()),
                Optional.of(Instant.ofEpochMilli(last.metadata().watermark())),
                every > 0 ? Optional.of(Duration.ofMillis(every)) : Optional.empty(),
                isLate);
    }

    /** When the next merge is due, if merges go on as usual. */
    public Optional<Instant> next() {
        return at.flatMap(last -> every.map(last::plus));
    }
}
