package io.tributary.ingest.recovery;

import io.tributary.ingest.source.SourceOffset;
import io.tributary.offsets.ReadProgress;

/**
 * Where the first batch of a checkpoint begins. Spark keeps no start of it, and asks the source again when it repeats the
 * batch, at a time when the lake's log may hold that very batch; so it is written down when the checkpoint is made.
 *
 * @param readProgress what is read and what waits before the batch
 * @param minPlannedAt planning time below which no batch may fall, milliseconds since the epoch
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
