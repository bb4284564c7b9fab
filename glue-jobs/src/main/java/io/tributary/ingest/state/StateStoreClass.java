package io.tributary.ingest.state;

import io.tributary.config.DedupStateStore;

/** What Spark is told of the state store. A checkpoint keeps what it began with. */
public final class StateStoreClass {

    /** The Spark setting that names the class. */
    public static final String SETTING = "spark.sql.streaming.stateStore.providerClass";

    private static final String ROCKSDB = "org.apache.spark.sql.execution.streaming.state.RocksDBStateStoreProvider";

    private StateStoreClass() {}

    /** The name of the class that Spark creates. */
    public static String of(DedupStateStore store) {
        return switch (store) {
            case FINGERPRINTS -> FingerprintStateStoreProvider.class.getName();
            case ROCKSDB -> ROCKSDB;
        };
    }
}
