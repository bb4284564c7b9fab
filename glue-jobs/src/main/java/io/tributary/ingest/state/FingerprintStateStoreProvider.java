package io.tributary.ingest.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.execution.streaming.state.StateStore;
import org.apache.spark.sql.execution.streaming.state.StateStoreConf;
import org.apache.spark.sql.execution.streaming.state.StateStoreId;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers identities for {@code dropDuplicatesWithinWatermark}, as keyed 128-bit fingerprints in memory and in small
 * files. Spark creates it by name, one for each partition of the state and run of the query.
 *
 * <pre>
 *  a task ─► store of version V ─ get, put, remove what has expired ─► commit ─► (V+1).changelog ─► version V+1 in memory
 *                    │ from memory, or else                                       created once
 *                    └─◄ newest snapshot, changelogs since ◄─ the maintenance writes one from time to time
 * </pre>
 *
 * <p><b>Guarantee.</b> An identity is known until the operator removes it. Two identities are taken for one if their
 * fingerprints are equal, which for n remembered identities happens with a probability of less than n² / 2^129: for 10
 * million 1.5e-25, for a billion 1.5e-21. The fingerprint depends on a random key, so nobody can search for such a pair. A version is
 * committed when its changelog exists. An attempt with other changes at the same version fails. A version of which a
 * file is missing or damaged is not loaded.
 */
public final class FingerprintStateStoreProvider extends SparkStateStoreProvider {

    private static final Logger LOG = LoggerFactory.getLogger(FingerprintStateStoreProvider.class);

    /** The value that the operator stores. */
    private static final StructType EXPIRY = new StructType().add("expiresAtMicros", DataTypes.LongType, false);

    private StateStoreId id;
    private StateFiles files;
    private int retained;
    private StateFiles.Versions there;
    private FingerprintKey key;

    /**
     * Softly, since Spark keeps the provider of a run that has ended for up to a minute. Under pressure its memory goes to
     * the next run; a state that is needed after all is loaded again.
     */
    private SoftReference<LoadedState> state = new SoftReference<>(null);

    /** @throws UnsupportedOperationException if an operator asks for what it does not need for deduplication */
    @Override
    void open(StateStoreId id, StructType value, boolean isPlain, StateStoreConf conf, Configuration hadoop) {
        if (!value.equals(EXPIRY) || !isPlain) {
            throw new UnsupportedOperationException(
                    "The state store of fingerprints remembers only which identities it has"
                            + " seen and until when, for dropDuplicatesWithinWatermark. Another operator, whose value is "
                            + value.simpleString() + ", needs dedup.state_store: rocksdb.");
        }
        this.id = id;
        this.files = new StateFiles(id.storeCheckpointLocation(), hadoop);
        this.retained = conf.minVersionsToRetain();
    }

    @Override
    public StateStoreId stateStoreId() {
        return id;
    }

    @Override
    synchronized StateStore store(long version) {
        LoadedState loaded = state.get();
        if (loaded == null || loaded.version() != version) {
            state.clear();
            loaded = load(version);
            state = new SoftReference<>(loaded);
        }
        return new FingerprintStateStore(id, loaded, version, key.hash(), this::commit);
    }

    private LoadedState load(long version) {
        try {
            key = files.key(version);
            there = version == 0 ? StateFiles.Versions.none() : files.list();
            return files.load(version, format(), there);
        } catch (IOException e) {
            throw new UncheckedIOException("Version " + version + " of the state " + id + ": " + e.getMessage(), e);
        }
    }

    private void commit(LoadedState changed, long from, StateChanges changes) throws IOException {
        files.writeChanges(from + 1, format(), changes);
        synchronized (this) {
            there.changelogs().add(from + 1);
            try {
                changed.apply(changes, from);
            } catch (RuntimeException | Error e) {
                state.clear();
                throw e;
            }
        }
        report(from + 1);
    }

    private synchronized StateFormat format() {
        return new StateFormat(key.check());
    }

    /** Writes a snapshot if one is due, and deletes the files that no retained version needs. */
    @Override
    public void doMaintenance() {
        LoadedState current = current();
        try {
            if (current != null && current.isSnapshotDue()) {
                LoadedState.Snapshot snapshot = current.snapshot();
                files.writeSnapshot(snapshot.version(), format(), snapshot.everything());
                current.wrote(snapshot);
                files.delete(obsolete(snapshot.version()));
            }
        } catch (IOException | RuntimeException e) {
            // Spark would unload the state. All that is missing is a shorter start.
            LOG.warn(
                    "ingest[state={}]: a snapshot was not written or old files were not deleted; the next maintenance"
                            + " tries again, and the state is not affected: {}",
                    files,
                    e.toString());
        }
    }

    private synchronized LoadedState current() {
        return state.get();
    }

    private synchronized StateFiles.Versions obsolete(long snapshot) {
        there.snapshots().add(snapshot);
        return there.takeBefore(snapshot - retained);
    }

    @Override
    public synchronized void close() {
        state.clear();
    }
}
