package io.tributary.ingest.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.execution.streaming.state.StateStoreConf;
import org.apache.spark.sql.execution.streaming.state.StateStoreId;
import org.apache.spark.sql.execution.streaming.state.UnsafeRowPair;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.immutable.Map$;

/** The state of a checkpoint, whose first partition tests use as the operator does. */
final class StateFolder {

    static final StructType EXPIRY = new StructType().add("expiresAtMicros", DataTypes.LongType, false);

    private final String root;
    private final Configuration hadoop;
    private final Path folder;

    /** In a local folder. */
    StateFolder(Path folder) {
        this.root = folder.toUri().toString();
        this.hadoop = new Configuration();
        this.folder = folder;
    }

    /** On S3. */
    StateFolder(String root, Configuration hadoop) {
        this.root = root;
        this.hadoop = hadoop;
        this.folder = null;
    }

    /** As after a start of the query. */
    FingerprintStateStoreProvider open() {
        FingerprintStateStoreProvider provider = new FingerprintStateStoreProvider();
        provider.open(id(), EXPIRY, true, conf(), hadoop);
        return provider;
    }

    StateStoreId id() {
        return new StateStoreId(root, 0, 0, "default");
    }

    /** With two retained versions, so that old files go soon. */
    static StateStoreConf conf() {
        SQLConf conf = new SQLConf();
        conf.setConfString("spark.sql.streaming.minBatchesToRetain", "2");
        return new StateStoreConf(conf, Map$.MODULE$.empty());
    }

    static FingerprintStateStore store(FingerprintStateStoreProvider provider, long version) {
        return (FingerprintStateStore) provider.store(version);
    }

    /** Adds identities to a version and commits. */
    static void add(FingerprintStateStoreProvider provider, long version, long expiry, long... identities) {
        FingerprintStateStore store = store(provider, version);
        for (long identity : identities) {
            put(store, identity, expiry);
        }
        store.commit();
    }

    static void put(FingerprintStateStore store, long identity, long expiry) {
        store.write(row(identity), row(expiry));
    }

    /** When an identity expires; null if it is not known. */
    static Long get(FingerprintStateStore store, long identity) {
        UnsafeRow found = store.find(row(identity));
        return found == null ? null : found.getLong(0);
    }

    /**
     * Removes what has expired as the operator does.
     *
     * @return how many entries it had to look at
     */
    static int expire(FingerprintStateStore store, long watermark) {
        int seen = 0;
        for (Iterator<UnsafeRowPair> entries = store.expirable(); entries.hasNext(); seen++) {
            UnsafeRowPair entry = entries.next();
            if (watermark >= entry.value().getLong(0)) {
                store.erase(entry.key());
            }
        }
        return seen;
    }

    static UnsafeRow row(long value) {
        UnsafeRow row = new UnsafeRow(1);
        row.pointTo(new byte[16], 16);
        row.setLong(0, value);
        return row;
    }

    /** A file of the local folder. */
    Path file(String name) {
        return folder.resolve("0").resolve("0").resolve(name);
    }

    Path key() {
        return folder.resolve("0").resolve("fingerprint-key");
    }

    /** The names of the partition's files, without Hadoop's checksums. */
    List<String> files() {
        try (Stream<Path> found = Files.list(folder.resolve("0").resolve("0"))) {
            return found.map(path -> path.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
