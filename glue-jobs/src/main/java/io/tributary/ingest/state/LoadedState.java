package io.tributary.ingest.state;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.OptionalLong;

/**
 * One version of the state in memory, which a commit turns into the next one. An attempt that began at an earlier version
 * gets an error when it reads on. It is safe for use by several threads.
 */
final class LoadedState {

    /** With fewer changelogs since the last snapshot, another one saves little. */
    private static final int MIN_CHANGELOGS = 10;

    /** A start reads at most about so many. */
    private static final int MAX_CHANGELOGS = 100;

    /** A fingerprint with its expiry. */
    record Entry(long first, long second, long expiry) {}

    /**
     * What a snapshot holds.
     *
     * @param version of the state
     * @param addedSince how many fingerprints were added since the snapshot before
     */
    record Snapshot(long version, long addedSince, StateChanges everything) {}

    private final FingerprintTable table;
    private long version;
    private long snapshotVersion;
    private long addedSince;

    /**
     * @param snapshotVersion of the newest snapshot; 0 if there is none
     * @param addedSince how many fingerprints were added since
     */
    LoadedState(FingerprintTable table, long version, long snapshotVersion, long addedSince) {
        this.table = table;
        this.version = version;
        this.snapshotVersion = snapshotVersion;
        this.addedSince = addedSince;
    }

    synchronized long version() {
        return version;
    }

    synchronized int size() {
        return table.size();
    }

    synchronized long bytes() {
        return table.bytes();
    }

    /** @throws IllegalStateException if the state is not of this version any more */
    synchronized OptionalLong expiry(long first, long second, long at) {
        require(at);
        return table.expiry(first, second);
    }

    synchronized StateChanges changes(FingerprintTable removed, FingerprintTable added, long at) {
        require(at);
        return StateChanges.of(table, removed, added);
    }

    /** Becomes the next version, unless another attempt, which made the same changes, has done that. */
    synchronized void apply(StateChanges changes, long at) {
        if (version != at) {
            return;
        }
        for (long expiry : changes.dropped()) {
            table.drop(expiry);
        }
        for (int word = 0; word < changes.removed().length; word += 2) {
            table.remove(changes.removed()[word], changes.removed()[word + 1]);
        }
        for (StateChanges.Added added : changes.added()) {
            table.expect(added.expiry(), added.count());
            for (Generation.Part part : added.parts()) {
                for (int entry = 0; entry < part.used(); entry++) {
                    table.add(part.words()[2 * entry], part.words()[2 * entry + 1], added.expiry());
                }
            }
        }
        addedSince += changes.addedCount();
        version++;
    }

    /** All entries, those that expire first at the beginning; it must be used while the state has this version. */
    Iterator<Entry> byExpiry(long at) {
        return new Entries(at);
    }

    /** True if a start would read too much, or more than a fourth of what a new snapshot would hold. */
    synchronized boolean isSnapshotDue() {
        long changelogs = version - snapshotVersion;
        return changelogs >= MAX_CHANGELOGS || (changelogs >= MIN_CHANGELOGS && 4 * addedSince >= table.size());
    }

    synchronized Snapshot snapshot() {
        return new Snapshot(version, addedSince, StateChanges.everything(table));
    }

    synchronized void wrote(Snapshot snapshot) {
        snapshotVersion = snapshot.version();
        addedSince -= snapshot.addedSince();
    }

    private void require(long at) {
        if (version != at) {
            throw new IllegalStateException("The deduplication state is at version " + version + " and not at " + at
                    + " any more: another attempt at the batch has committed its changes. This attempt ends.");
        }
    }

    /** What is removed meanwhile is skipped; what is added to a generation that is not over is seen. */
    private final class Entries implements Iterator<Entry> {

        private final long at;
        private Generation generation;
        private int chunk;
        private int entry;

        Entries(long at) {
            this.at = at;
            synchronized (LoadedState.this) {
                require(at);
                this.generation = table.first();
            }
        }

        @Override
        public boolean hasNext() {
            synchronized (LoadedState.this) {
                require(at);
                while (generation != null) {
                    if (chunk == generation.chunks().size()) {
                        generation = table.after(generation.expiry());
                        chunk = 0;
                    } else if (entry == generation.chunks().get(chunk).used()) {
                        chunk++;
                        entry = 0;
                    } else if (generation.chunks().get(chunk).isRemoved(entry)) {
                        entry++;
                    } else {
                        return true;
                    }
                }
                return false;
            }
        }

        @Override
        public Entry next() {
            synchronized (LoadedState.this) {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                Generation.Chunk holder = generation.chunks().get(chunk);
                Entry found = new Entry(holder.first(entry), holder.second(entry), generation.expiry());
                entry++;
                return found;
            }
        }
    }
}
