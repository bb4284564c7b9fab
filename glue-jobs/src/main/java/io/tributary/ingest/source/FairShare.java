package io.tributary.ingest.source;

import io.tributary.account.PartitionId;
import io.tributary.account.Positions;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Decides how far a batch reads in one data centre: to the end if that is within its share, else each partition gets a
 * part of the share in proportion to what waits in it.
 */
record FairShare(long maxRecords) {

    /**
     * The positions after the batch. A partition that has no position yet gets its first one and no records.
     *
     * @param from the data centre's positions before the batch
     */
    Positions until(Positions from, Reach reach) {
        SortedMap<PartitionId, Long> waiting = waiting(from, reach.latest());
        double total = waiting.values().stream().mapToLong(Long::longValue).sum();
        double part = total <= maxRecords ? 1 : maxRecords / total;
        SortedMap<PartitionId, Long> until = new TreeMap<>(from.offsets());
        waiting.forEach((partition, records) -> until.merge(partition, (long) Math.ceil(records * part), Long::sum));
        // Only the start of a data centre is a matter of configuration; what it adds later is read whole.
        Positions first = from.isEmpty() ? reach.start() : reach.earliest();
        first.offsets().forEach(until::putIfAbsent);
        return new Positions(until);
    }

    private static SortedMap<PartitionId, Long> waiting(Positions from, Positions latest) {
        SortedMap<PartitionId, Long> waiting = new TreeMap<>();
        for (Map.Entry<PartitionId, Long> entry : latest.offsets().entrySet()) {
            from.of(entry.getKey())
                    .map(position -> entry.getValue() - position)
                    .filter(records -> records > 0)
                    .ifPresent(records -> waiting.put(entry.getKey(), records));
        }
        return waiting;
    }
}
