package io.tributary.lake.commit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the deduplication state can know: which identities it keeps, for how long, and since when.
 *
 * @param allowance how far ahead of its arrival an event's time may lie; a smaller one than events were taken in with
 *     would trust what it must not
 * @param store what holds the state, whose files no other can read
 * @param since milliseconds since the epoch; empty if the state has seen every event that the lake ever took in
 * @param mapping the settings by which a record's identity and time are read, by key; copies that are read by others may
 *     differ in either. Empty in metadata that were written before it was noted
 */
public record DedupStateInfo(
        String scope,
        Duration window,
        Duration allowance,
        int partitions,
        String store,
        Optional<Long> since,
        SortedMap<String, String> mapping) {

    /** The store of all states in whose metadata it is not noted. */
    static final String FIRST_STORE = "ROCKSDB";

    public DedupStateInfo {
        mapping = Collections.unmodifiableSortedMap(new TreeMap<>(mapping));
    }

    /** A state of which the mapping and the store are not noted. */
    public DedupStateInfo(String scope, Duration window, Duration allowance, int partitions, Optional<Long> since) {
        this(scope, window, allowance, partitions, FIRST_STORE, since, new TreeMap<>());
    }

    /** The settings in which the other differs, by their keys; a state goes on only if there are none. */
    public List<String> changes(DedupStateInfo other) {
        List<String> changes = new ArrayList<>();
        if (!scope.equals(other.scope)) {
            changes.add("dedup.scope");
        }
        if (!window.equals(other.window)) {
            changes.add("dedup.window");
        }
        if (!allowance.equals(other.allowance)) {
            changes.add("event_time.max_ahead, dedup.clock_skew or dedup.time_tolerance");
        }
        if (partitions != other.partitions) {
            changes.add("dedup.state_partitions");
        }
        if (!store.equals(other.store)) {
            changes.add("dedup.state_store");
        }
        if (!mapping.isEmpty() && !other.mapping.isEmpty()) {
            changes.addAll(differences(mapping, other.mapping));
        }
        return changes;
    }

    private static SortedSet<String> differences(Map<String, String> one, Map<String, String> other) {
        SortedSet<String> keys = new TreeSet<>(one.keySet());
        keys.addAll(other.keySet());
        keys.removeIf(key -> one.getOrDefault(key, "").equals(other.getOrDefault(key, "")));
        return keys;
    }

    /** The same settings with an empty state that begins to fill at the given time, in milliseconds. */
    public DedupStateInfo startingAt(long millis) {
        return new DedupStateInfo(scope, window, allowance, partitions, store, Optional.of(millis), mapping);
    }

    /** The same settings with what another state has seen. */
    public DedupStateInfo goingOnFrom(DedupStateInfo other) {
        return new DedupStateInfo(scope, window, allowance, partitions, store, other.since, mapping);
    }
}
