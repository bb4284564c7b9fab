package io.tributary.lab.truth;

import java.util.Optional;

/**
 * What makes two records the same event: the event's id, and the data center where ids are unique only within one.
 *
 * @param scope the data center that the id belongs to; empty if ids are unique everywhere
 */
public record Identity(Optional<String> scope, String id) {

    private static final String SECOND = "#";

    /** An id that is unique everywhere. */
    public static Identity global(String id) {
        return new Identity(Optional.empty(), id);
    }

    /** An id that is unique within {@code dataCenter}. */
    public static Identity within(String dataCenter, String id) {
        return new Identity(Optional.of(dataCenter), id);
    }

    /** 128 bits that stand for this identity, in Spark SQL {@code xxhash64(c…)} and {@code xxhash64('#', c…)}. */
    public Fingerprint fingerprint() {
        return new Fingerprint(hash(Xxh64.SPARK_SEED), hash(Xxh64.of(SECOND, Xxh64.SPARK_SEED)));
    }

    private long hash(long seed) {
        return Xxh64.of(id, scope.map(dataCenter -> Xxh64.of(dataCenter, seed)).orElse(seed));
    }
}
