package io.tributary.ingest.state;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.execution.streaming.state.KeyStateEncoderSpec;
import org.apache.spark.sql.execution.streaming.state.NoPrefixKeyStateEncoderSpec;
import org.apache.spark.sql.execution.streaming.state.ReadStateStore;
import org.apache.spark.sql.execution.streaming.state.StateSchemaProvider;
import org.apache.spark.sql.execution.streaming.state.StateStore;
import org.apache.spark.sql.execution.streaming.state.StateStoreConf;
import org.apache.spark.sql.execution.streaming.state.StateStoreId;
import org.apache.spark.sql.execution.streaming.state.StateStoreProvider;
import org.apache.spark.sql.types.StructType;
import scala.Option;

/** What Spark asks of a provider of state stores, which differs between the lines of Spark, in the terms of this package. */
abstract class SparkStateStoreProvider implements StateStoreProvider {

    private StateStoreConf conf;
    private Configuration hadoop;

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
            KeyStateEncoderSpec encoder,
            boolean hasFamilies,
            StateStoreConf conf,
            Configuration hadoop,
            boolean hasMultipleValues,
            Option<StateSchemaProvider> schemas) {
        boolean isPlain = encoder instanceof NoPrefixKeyStateEncoderSpec && !hasFamilies && !hasMultipleValues;
        if (conf.enableStateStoreCheckpointIds()) {
            throw new UnsupportedOperationException(
                    "The state store of fingerprints fences its versions by creating each"
                            + " file once, and knows no checkpoint ids. Leave"
                            + " spark.sql.streaming.stateStore.checkpointFormatVersion at 1.");
        }
        this.conf = conf;
        this.hadoop = hadoop;
        open(id, value, isPlain, conf, hadoop);
    }

    /** Spark checks at the end of a batch that all partitions have committed. */
    final void report(long version) {
        if (conf != null && conf.commitValidationEnabled()) {
            StateStore.reportCommitToCoordinator(version, stateStoreId(), hadoop);
        }
    }

    @Override
    public final StateStore getStore(long version, Option<String> checkpointId) {
        return store(version);
    }

    @Override
    public final ReadStateStore getReadStore(long version, Option<String> checkpointId) {
        throw notReadable();
    }

    private static UnsupportedOperationException notReadable() {
        return new UnsupportedOperationException(
                "The state store of fingerprints cannot be read: it holds no identity, only what a secret key made of it");
    }
}
