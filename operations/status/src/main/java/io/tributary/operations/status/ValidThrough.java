package io.tributary.operations.status;

import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.status.StreamStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Up to when everything that a data center has sent is queryable.
 *
 * <p>A batch that leaves nothing of a data center unread, has nothing of it pending and deferred nothing of it, holds all
 * that its Kafka had when the batch was planned; so does a trigger that finds no lag, of which the streaming job keeps the newest. A data center that answers and sends
 * nothing so moves on, and one that does not answer stays where it was.
 *
 * @param staged the time up to which all is in the lake: what is on time is in the view {@code events}, what is late is in
 *     {@code events_raw}; empty if no commit that was read tells
 * @param merged the time up to which all is in {@code events}, what was late included
 */
public record ValidThrough(Optional<Instant> staged, Optional<Instant> merged) {

    /**
     * Follows the batches.
     *
     * @param batches oldest first
     * @param watermark up to which committed time batches are merged
     * @param stream what the streaming job last said
     */
    public static ValidThrough of(
            String dataCenter,
            List<BatchMetadata> batches,
            Optional<Instant> watermark,
            Optional<StreamStatus> stream) {
        Optional<Instant> staged = Optional.empty();
        Optional<Instant> merged = Optional.empty();
        boolean isAllMerged = watermark.isPresent();
        for (BatchMetadata batch : batches) {
            boolean isMerged = watermark
                    .filter(time -> batch.committedAt() <= time.toEpochMilli())
                    .isPresent();
            boolean isMissing =
                    !isMerged && Sighting.of(dataCenter, batch).read().staged() > 0;
            isAllMerged &= !isMissing;
            if (Sighting.of(dataCenter, batch).isComplete()) {
                staged = Optional.of(Instant.ofEpochMilli(batch.plannedAt()));
                merged = isAllMerged ? staged : merged;
            }
        }
        Optional<Instant> asked = stream.flatMap(status -> hasNoLag(dataCenter, status)
                ? Optional.of(status.at())
                : Optional.ofNullable(status.dataCenters().get(dataCenter))
                        .flatMap(known -> known.horizon().validThrough()));
        if (asked.isPresent() && staged.filter(asked.get()::isBefore).isEmpty()) {
            return new ValidThrough(asked, isAllMerged ? asked : merged);
        }
        return new ValidThrough(staged, merged);
    }

    private static boolean hasNoLag(String dataCenter, StreamStatus status) {
        return Optional.ofNullable(status.dataCenters().get(dataCenter))
                .filter(known -> known.lag().orElse(-1) == 0)
                .isPresent();
    }
}
