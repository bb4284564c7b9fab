package io.tributary.ingest.state;

import io.tributary.ingest.state.Generation.Chunk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What one version of the state changes in the one before. Everything is sorted, so that two attempts with the same rows,
 * which come in any order, write the same bytes.
 */
final class StateChanges {

    private record Fingerprint(long first, long second) {}

    private static final Comparator<Fingerprint> ORDER =
            Comparator.comparingLong(Fingerprint::first).thenComparingLong(Fingerprint::second);

    /**
     * Fingerprints of one generation.
     *
     * @param parts a removed one is two zeros
     * @param count of those that are not removed
     */
    record Added(long expiry, int count, List<Generation.Part> parts) {

        static Added of(Generation generation) {
            return new Added(generation.expiry(), generation.live(), generation.parts());
        }
    }

    private final long[] dropped;
    private final long[] removed;
    private final List<Added> added;

    private StateChanges(long[] dropped, long[] removed, List<Added> added) {
        this.dropped = dropped;
        this.removed = removed;
        this.added = added;
    }

    /**
     * @param removed fingerprints of the version before that are gone or replaced, with the expiry that they had; a
     *     generation of which none is left is dropped as a whole
     */
    static StateChanges of(FingerprintTable before, FingerprintTable removed, FingerprintTable added) {
        List<Long> dropped = new ArrayList<>();
        List<Fingerprint> single = new ArrayList<>();
        for (Generation generation : removed.generations()) {
            if (before.live(generation.expiry()) == generation.live()) {
                dropped.add(generation.expiry());
            } else {
                single.addAll(fingerprints(generation));
            }
        }
        List<Added> sorted = new ArrayList<>();
        for (Generation generation : added.generations()) {
            long[] words = words(fingerprints(generation));
            sorted.add(new Added(
                    generation.expiry(), words.length / 2, List.of(new Generation.Part(words, words.length / 2))));
        }
        return new StateChanges(
                dropped.stream().mapToLong(Long::longValue).toArray(), words(single), List.copyOf(sorted));
    }

    /** All that a table holds, which is what a snapshot says. The table may change meanwhile. */
    static StateChanges everything(FingerprintTable table) {
        return new StateChanges(
                new long[0],
                new long[0],
                table.generations().stream().map(Added::of).toList());
    }

    /** The expiries of generations that are gone as a whole. */
    long[] dropped() {
        return dropped;
    }

    /** Single fingerprints that are gone, two numbers each. */
    long[] removed() {
        return removed;
    }

    List<Added> added() {
        return added;
    }

    int addedCount() {
        return added.stream().mapToInt(Added::count).sum();
    }

    private static List<Fingerprint> fingerprints(Generation generation) {
        List<Fingerprint> found = new ArrayList<>(generation.live());
        for (Chunk chunk : generation.chunks()) {
            for (int entry = 0; entry < chunk.used(); entry++) {
                if (!chunk.isRemoved(entry)) {
                    found.add(new Fingerprint(chunk.first(entry), chunk.second(entry)));
                }
            }
        }
        return found;
    }

    private static long[] words(List<Fingerprint> fingerprints) {
        Fingerprint[] sorted = fingerprints.toArray(Fingerprint[]::new);
        Arrays.sort(sorted, ORDER);
        long[] words = new long[2 * sorted.length];
        for (int at = 0; at < sorted.length; at++) {
            words[2 * at] = sorted[at].first();
            words[2 * at + 1] = sorted[at].second();
        }
        return words;
    }
}
