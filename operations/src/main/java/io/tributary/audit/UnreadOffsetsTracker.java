package io.tributary.audit;

import io.tributary.lake.commit.BatchMetadata;
import io.tributary.offsets.OffsetRange;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Follows what batches give up and defer, so that at the end what waits is known, and since when. */
final class UnreadOffsetsTracker {

    private final List<UnreadOffsets.Range> skipped = new ArrayList<>();
    private final List<UnreadOffsets.Range> expired = new ArrayList<>();
    private SortedMap<OffsetRange, UnreadOffsets.Range> pending = new TreeMap<>();

    /** Takes the next batch. */
    void add(BatchMetadata batch) {
        batch.lost()
                .forEach(range ->
                        skipped.add(new UnreadOffsets.Range(range, batch.sequence(), batch.committedAt(), "")));
        batch.expired()
                .forEach(range ->
                        expired.add(new UnreadOffsets.Range(range, batch.sequence(), batch.committedAt(), "")));
        if (pending.isEmpty() && batch.readProgress().pending().isEmpty()) {
            return;
        }
        SortedMap<OffsetRange, UnreadOffsets.Range> now = new TreeMap<>();
        for (OffsetRange range : batch.readProgress().pending()) {
            // What is left of a range, or what it grew to, waits for as long as its oldest part.
            UnreadOffsets.Range oldest = pending.values().stream()
                    .filter(before -> before.offsets().partition().equals(range.partition())
                            && before.offsets().from() < range.until()
                            && range.from() < before.offsets().until())
                    .reduce((one, other) -> one.since() <= other.since() ? one : other)
                    .orElse(new UnreadOffsets.Range(range, batch.sequence(), batch.committedAt(), ""));
            String why = batch.readErrors().getOrDefault(range.partition(), oldest.why());
            now.put(range, new UnreadOffsets.Range(range, oldest.batch(), oldest.since(), why));
        }
        pending = now;
    }

    UnreadOffsets all() {
        return new UnreadOffsets(skipped, expired, List.copyOf(pending.values()));
    }
}
