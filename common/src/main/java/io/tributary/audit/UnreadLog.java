package io.tributary.audit;

import io.tributary.account.BatchAccount;
import io.tributary.account.OffsetRange;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Follows what batches give up and defer, so that at the end what waits is known, and since when. */
final class UnreadLog {

    private final List<Unread.Range> givenUp = new ArrayList<>();
    private final List<Unread.Range> expired = new ArrayList<>();
    private SortedMap<OffsetRange, Unread.Range> waiting = new TreeMap<>();

    /** Takes the next batch. */
    void add(BatchAccount batch) {
        batch.lost().forEach(range -> givenUp.add(new Unread.Range(range, batch.sequence(), batch.arrivedAt(), "")));
        batch.expired().forEach(range -> expired.add(new Unread.Range(range, batch.sequence(), batch.arrivedAt(), "")));
        if (waiting.isEmpty() && batch.frontier().waiting().isEmpty()) {
            return;
        }
        SortedMap<OffsetRange, Unread.Range> now = new TreeMap<>();
        for (OffsetRange range : batch.frontier().waiting()) {
            // What is left of a range, or what it grew to, waits for as long as its oldest part.
            Unread.Range oldest = waiting.values().stream()
                    .filter(before -> before.offsets().partition().equals(range.partition())
                            && before.offsets().from() < range.until()
                            && range.from() < before.offsets().until())
                    .reduce((one, other) -> one.since() <= other.since() ? one : other)
                    .orElse(new Unread.Range(range, batch.sequence(), batch.arrivedAt(), ""));
            String why = batch.readErrors().getOrDefault(range.partition(), oldest.why());
            now.put(range, new Unread.Range(range, oldest.batch(), oldest.since(), why));
        }
        waiting = now;
    }

    Unread all() {
        return new Unread(givenUp, expired, List.copyOf(waiting.values()));
    }
}
