package io.tributary.audit;

import io.tributary.lake.commit.BatchCommit;
import io.tributary.offsets.OffsetRange;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Follows what batches give up and defer, so that at the end what waits is known, and since when. */
final class UnreadOffsetsTracker {

    private final List<UnreadOffsets.Range> givenUp = new ArrayList<>();
    private final List<UnreadOffsets.Range> expired = new ArrayList<>();
    private SortedMap<OffsetRange, UnreadOffsets.Range> waiting = new TreeMap<>();

    /** Takes the next batch. */
    void add(BatchCommit batch) {
        batch.lost()
                .forEach(range -> givenUp.add(new UnreadOffsets.Range(range, batch.sequence(), batch.arrivedAt(), "")));
        batch.expired()
                .forEach(range -> expired.add(new UnreadOffsets.Range(range, batch.sequence(), batch.arrivedAt(), "")));
        if (waiting.isEmpty() && batch.frontier().waiting().isEmpty()) {
            return;
        }
        SortedMap<OffsetRange, UnreadOffsets.Range> now = new TreeMap<>();
        for (OffsetRange range : batch.frontier().waiting()) {
            // What is left of a range, or what it grew to, waits for as long as its oldest part.
            UnreadOffsets.Range oldest = waiting.values().stream()
                    .filter(before -> before.offsets().partition().equals(range.partition())
                            && before.offsets().from() < range.until()
                            && range.from() < before.offsets().until())
                    .reduce((one, other) -> one.since() <= other.since() ? one : other)
                    .orElse(new UnreadOffsets.Range(range, batch.sequence(), batch.arrivedAt(), ""));
            String why = batch.readErrors().getOrDefault(range.partition(), oldest.why());
            now.put(range, new UnreadOffsets.Range(range, oldest.batch(), oldest.since(), why));
        }
        waiting = now;
    }

    UnreadOffsets all() {
        return new UnreadOffsets(givenUp, expired, List.copyOf(waiting.values()));
    }
}
