package io.tributary.ingest.state;

import java.util.Iterator;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.execution.streaming.state.KeyStateEncoderSpec;
import org.apache.spark.sql.execution.streaming.state.StateStore;
import org.apache.spark.sql.execution.streaming.state.StateStoreCheckpointInfo;
import org.apache.spark.sql.execution.streaming.state.StateStoreId;
import org.apache.spark.sql.execution.streaming.state.StateStoreIterator;
import org.apache.spark.sql.execution.streaming.state.StateStoreMetrics;
import org.apache.spark.sql.execution.streaming.state.UnsafeRowPair;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.immutable.Map$;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.BoxedUnit;

/** What Spark asks of a state store, which differs between the lines of Spark, in the terms of this package. */
abstract class SparkStateStore implements StateStore {

    private final StateStoreId id;
    private final long version;

    SparkStateStore(StateStoreId id, long version) {
        this.id = id;
        this.version = version;
    }

    /** The value of a key; null if there is none. */
    abstract UnsafeRow find(UnsafeRow key);

    abstract void write(UnsafeRow key, UnsafeRow value);

    abstract void erase(UnsafeRow key);

    /** What can have expired. */
    abstract Iterator<UnsafeRowPair> expirable();

    abstract long identities();

    abstract long bytes();

    @Override
    public final StateStoreId id() {
        return id;
    }

    @Override
    public final long version() {
        return version;
    }

    @Override
    public final UnsafeRow get(UnsafeRow key, String family) {
        requireDefault(family);
        return find(key);
    }

    @Override
    public final void put(UnsafeRow key, UnsafeRow value, String family) {
        requireDefault(family);
        write(key, value);
    }

    @Override
    public final void remove(UnsafeRow key, String family) {
        requireDefault(family);
        erase(key);
    }

    @Override
    public final StateStoreIterator<UnsafeRowPair> iterator(String family) {
        requireDefault(family);
        return new StateStoreIterator<>(CollectionConverters.asScala(expirable()), () -> BoxedUnit.UNIT);
    }

    @Override
    public final StateStoreIterator<UnsafeRowPair> prefixScan(UnsafeRow prefix, String family) {
        throw notNeeded();
    }

    @Override
    public final scala.collection.Iterator<UnsafeRow> valuesIterator(UnsafeRow key, String family) {
        throw notNeeded();
    }

    @Override
    public final void putList(UnsafeRow key, UnsafeRow[] values, String family) {
        throw notNeeded();
    }

    @Override
    public final void merge(UnsafeRow key, UnsafeRow value, String family) {
        throw notNeeded();
    }

    @Override
    public final void mergeList(UnsafeRow key, UnsafeRow[] values, String family) {
        throw notNeeded();
    }

    @Override
    public final void createColFamilyIfAbsent(
            String family,
            StructType key,
            StructType value,
            KeyStateEncoderSpec encoder,
            boolean hasMultipleValues,
            boolean isInternal) {
        throw notNeeded();
    }

    @Override
    public final boolean removeColFamilyIfExists(String family) {
        throw notNeeded();
    }

    @Override
    public final StateStoreMetrics metrics() {
        return new StateStoreMetrics(identities(), bytes(), Map$.MODULE$.empty(), Map$.MODULE$.empty());
    }

    @Override
    public final StateStoreCheckpointInfo getStateStoreCheckpointInfo() {
        return new StateStoreCheckpointInfo(id.partitionId(), version + 1, Option.empty(), Option.empty());
    }

    private static void requireDefault(String family) {
        if (!StateStore.DEFAULT_COL_FAMILY_NAME().equals(family)) {
            throw notNeeded();
        }
    }

    private static UnsupportedOperationException notNeeded() {
        return new UnsupportedOperationException(
                "The state store of fingerprints does only what dropDuplicatesWithinWatermark needs");
    }
}
