package io.tributary.ingest.state;

import java.util.Iterator;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.execution.streaming.state.StateStore;
import org.apache.spark.sql.execution.streaming.state.StateStoreId;
import org.apache.spark.sql.execution.streaming.state.StateStoreMetrics;
import org.apache.spark.sql.execution.streaming.state.UnsafeRowPair;
import scala.collection.JavaConverters;
import scala.collection.immutable.Map$;

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
    public final UnsafeRow get(UnsafeRow key) {
        return find(key);
    }

    @Override
    public final void put(UnsafeRow key, UnsafeRow value) {
        write(key, value);
    }

    @Override
    public final void remove(UnsafeRow key) {
        erase(key);
    }

    @Override
    public final scala.collection.Iterator<UnsafeRowPair> iterator() {
        return JavaConverters.asScalaIterator(expirable());
    }

    @Override
    public final scala.collection.Iterator<UnsafeRowPair> prefixScan(UnsafeRow prefix) {
        throw notNeeded();
    }

    @Override
    public final StateStoreMetrics metrics() {
        return new StateStoreMetrics(identities(), bytes(), Map$.MODULE$.empty());
    }

    private static UnsupportedOperationException notNeeded() {
        return new UnsupportedOperationException(
                "The state store of fingerprints does only what dropDuplicatesWithinWatermark needs");
    }
}
