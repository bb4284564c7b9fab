package io.tributary.ingest.state;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.execution.streaming.state.ReadStateStore;
import org.apache.spark.sql.execution.streaming.state.StateStore;
import org.apache.spark.sql.execution.streaming.state.StateStoreConf;
import org.apache.spark.sql.execution.streaming.state.StateStoreId;
import org.apache.spark.sql.execution.streaming.state.StateStoreProvider;
import org.apache.spark.sql.types.StructType;

/** What Spark asks of a provider of state stores, which differs between the lines of Spark, in the terms of this package. */
abstract class SparkStateStoreProvider implements StateStoreProvider {

    /**
     * Called once, before all else.
     *
     * @param value what the operator stores for a key
     * @param isPlain whether the operator needs nothing but values by their whole key
     */
    abstract void open(StateStoreId id, StructType value, boolean isPlain, StateStoreConf conf, Configuration hadoop);

    /** The store of a version that was committed; 0 is empty. */
    abstract StateStore store(long version);

    @Override
    public final void init(
            StateStoreId id,
            StructType key,
            StructType value,
            int prefixColumns,
            StateStoreConf conf,
            Configuration hadoop) {
        open(id, value, prefixColumns == 0, conf, hadoop);
    }

    /** Reports that a version is committed, which this line of Spark does not ask for. */
    final void report(long version) {}

    @Override
    public final StateStore getStore(long version) {
        return store(version);
    }

    @Override
    public final ReadStateStore getReadStore(long version) {
        throw notReadable();
    }

    private static UnsupportedOperationException notReadable() {
        return new UnsupportedOperationException(
                "The state store of fingerprints cannot be read: it holds no identity, only what a secret key made of it");
    }
}
