package io.tributary.ingest.recovery;

import io.tributary.ingest.source.SourceOffset;
import io.tributary.offsets.ReadProgress;

/**
 * Where the first batch of a checkpoint begins. Spark does not store that, and asks the source again when it repeats
 * the batch. By then the lake's log may hold that very batch. So the start is written down when the checkpoint is
 * created.
 *
 * @param readProgress positions and pending ranges before the batch
 * @param minPlannedAt the earliest allowed planning time of a batch, milliseconds since the epoch
 */
public record CheckpointStart(ReadProgress readProgress, long minPlannedAt) {

    public String toText() {
        return SourceOffset.startingAt(minPlannedAt, readProgress).json();
    }

    /** @throws IllegalArgumentException if the text is not one of {@link #toText} */
    public static CheckpointStart parse(String text) {
        SourceOffset offset = SourceOffset.parse(text);
        return new CheckpointStart(offset.readProgress(), offset.plannedAt());
    }
}
