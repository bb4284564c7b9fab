package io.tributary.ingest.state;

import io.tributary.ingest.state.LoadedState.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.execution.streaming.state.StateStoreId;
import org.apache.spark.sql.execution.streaming.state.UnsafeRowPair;

/**
 * What one attempt at a batch does to one partition of the state. The state stays as it was until the attempt commits; so
 * a failed attempt leaves nothing behind, and several may be under way.
 */
final class FingerprintStateStore extends SparkStateStore {

    /** Makes an attempt's changes durable, and then the state of the next version. */
    @FunctionalInterface
    interface Commit {
        void of(LoadedState state, long from, StateChanges changes) throws IOException;
    }

    private final LoadedState state;
    private final SipHash128 hash;
    private final Commit commit;
    private final FingerprintTable added = new FingerprintTable();

    /** Fingerprints of the loaded version that are gone or replaced, with their expiry there. */
    private final FingerprintTable removed = new FingerprintTable();

    private boolean isOver;
    private boolean isCommitted;
    private Expiring expiring;

    /** @param version that the state has now */
    FingerprintStateStore(StateStoreId id, LoadedState state, long version, SipHash128 hash, Commit commit) {
        super(id, version);
        this.state = state;
        this.hash = hash;
        this.commit = commit;
    }

    @Override
    UnsafeRow find(UnsafeRow key) {
        fingerprint(key);
        OptionalLong expiry = expiry(hash.first(), second());
        return expiry.isPresent() ? row(expiry.getAsLong()) : null;
    }

    @Override
    void write(UnsafeRow key, UnsafeRow value) {
        requireOpen();
        fingerprint(key);
        long first = hash.first();
        long second = second();
        OptionalLong before = expiry(first, second);
        if (before.isPresent()) {
            if (before.getAsLong() == value.getLong(0)) {
                return;
            }
            erase(first, second);
        }
        added.add(first, second, value.getLong(0));
    }

    /** @param key a key, or the row itself that {@link #expirable} has handed out last, which stands for its entry */
    @Override
    @SuppressWarnings("ReferenceEquality")
    void erase(UnsafeRow key) {
        requireOpen();
        if (expiring != null && key == expiring.key) {
            expiring.isRemoved = true;
            erase(expiring.entry.first(), expiring.entry.second());
        } else {
            fingerprint(key);
            erase(hash.first(), second());
        }
    }

    /**
     * The entries that expire first. It ends after the first one that is not removed: those that follow expire later. The
     * key of an entry is not the key that was stored, and can only be removed.
     */
    @Override
    Iterator<UnsafeRowPair> expirable() {
        expiring = new Expiring();
        return expiring;
    }

    @Override
    public long commit() {
        requireOpen();
        isOver = true;
        try {
            commit.of(state, version(), state.changes(removed, added, version()));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Version " + (version() + 1) + " of the state " + id() + " is not committed", e);
        }
        isCommitted = true;
        return version() + 1;
    }

    @Override
    public void abort() {
        isOver = true;
    }

    @Override
    public boolean hasCommitted() {
        return isCommitted;
    }

    @Override
    long identities() {
        return state.size();
    }

    @Override
    long bytes() {
        return state.bytes();
    }

    private void requireOpen() {
        if (isOver) {
            throw new IllegalStateException("This attempt at " + id() + " has committed or ended already");
        }
    }

    private OptionalLong expiry(long first, long second) {
        OptionalLong ours = added.expiry(first, second);
        return ours.isPresent() || removed.contains(first, second) ? ours : state.expiry(first, second, version());
    }

    private void erase(long first, long second) {
        if (!added.remove(first, second) && !removed.contains(first, second)) {
            state.expiry(first, second, version()).ifPresent(expiry -> removed.add(first, second, expiry));
        }
    }

    private void fingerprint(UnsafeRow key) {
        hash.hash(key.getBaseObject(), key.getBaseOffset(), key.getSizeInBytes());
    }

    /** Two zeros stand for a removed fingerprint. */
    private long second() {
        return hash.first() == 0 && hash.second() == 0 ? 1 : hash.second();
    }

    private static UnsafeRow row(long value) {
        UnsafeRow row = new UnsafeRow(1);
        row.pointTo(new byte[2 * Long.BYTES], 2 * Long.BYTES);
        row.setLong(0, value);
        return row;
    }

    /** The entries of the loaded version and of this attempt together, by expiry. */
    private final class Expiring implements Iterator<UnsafeRowPair> {

        private final Iterator<Entry> before = state.byExpiry(version());
        private final Iterator<Entry> ours = new LoadedState(added, version(), 0, 0).byExpiry(version());
        private final UnsafeRow key = row(0);
        private Entry nextBefore;
        private Entry nextOurs;
        private Entry entry;
        private boolean isRemoved = true;

        @Override
        public boolean hasNext() {
            if (!isRemoved) {
                return false;
            }
            while (nextBefore == null && before.hasNext()) {
                Entry candidate = before.next();
                nextBefore = removed.contains(candidate.first(), candidate.second()) ? null : candidate;
            }
            if (nextOurs == null && ours.hasNext()) {
                nextOurs = ours.next();
            }
            return nextBefore != null || nextOurs != null;
        }

        @Override
        public UnsafeRowPair next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            if (nextOurs == null || (nextBefore != null && nextBefore.expiry() <= nextOurs.expiry())) {
                entry = nextBefore;
                nextBefore = null;
            } else {
                entry = nextOurs;
                nextOurs = null;
            }
            isRemoved = false;
            return new UnsafeRowPair(key, row(entry.expiry()));
        }
    }
}
