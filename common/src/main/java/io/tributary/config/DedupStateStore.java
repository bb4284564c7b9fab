package io.tributary.config;

/** What holds the deduplication state. */
public enum DedupStateStore {
    /** Keyed fingerprints in memory; what a batch costs does not grow with what is remembered. */
    FINGERPRINTS,
    /** Spark's RocksDB; every batch goes through all that is remembered. */
    ROCKSDB
}
