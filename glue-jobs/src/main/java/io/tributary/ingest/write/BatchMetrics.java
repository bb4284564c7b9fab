package io.tributary.ingest.write;

import io.tributary.account.BatchAccount;
import io.tributary.account.OffsetRange;
import io.tributary.account.Range;
import io.tributary.metrics.Measurement;
import io.tributary.metrics.Metric;
import io.tributary.metrics.Spread;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a batch that is committed tells as metrics. */
final class BatchMetrics {

    private BatchMetrics() {}

    /**
     * The measurements of one batch.
     *
     * @param times when the records were appended in Kafka, by data centre
     * @param now when the batch had become visible
     */
    static List<Measurement> of(BatchAccount account, Map<String, KafkaTimes> times, Instant now) {
        SortedMap<String, Range> ranges = new TreeMap<>();
        account.ranges().forEach((partition, range) -> ranges.merge(partition.dataCenter(), range, Range::plus));
        SortedMap<String, Long> deferred = new TreeMap<>();
        for (OffsetRange range : account.deferred()) {
            deferred.merge(range.partition().dataCenter(), 1L, Long::sum);
        }
        List<Measurement> all = new ArrayList<>();
        ranges.forEach((name, range) -> addCounts(all, Optional.of(name), range));
        addCounts(all, Optional.empty(), account.total());
        deferred.forEach((name, count) -> all.add(Measurement.of(Metric.RANGES_DEFERRED, name, count)));
        all.add(Measurement.ofLake(Metric.RANGES_DEFERRED, account.deferred().size()));
        addLost(all, account);
        times.forEach((name, appended) ->
                all.add(new Measurement(Metric.FRESHNESS, Optional.of(name), appended.agesAt(now))));
        times.values().stream()
                .map(appended -> appended.agesAt(now))
                .reduce(Spread::plus)
                .ifPresent(ages -> all.add(new Measurement(Metric.FRESHNESS, Optional.empty(), ages)));
        all.add(Measurement.ofLake(Metric.BATCH, (now.toEpochMilli() - account.arrival()) / 1000.0));
        return all;
    }

    private static void addLost(List<Measurement> all, BatchAccount account) {
        SortedMap<String, Long> lost = new TreeMap<>();
        account.lost().forEach(range -> lost.merge(range.partition().dataCenter(), range.offsets(), Long::sum));
        lost.forEach((name, offsets) -> all.add(Measurement.of(Metric.OFFSETS_LOST, name, offsets)));
        all.add(Measurement.ofLake(
                Metric.OFFSETS_LOST,
                lost.values().stream().mapToLong(Long::longValue).sum()));
    }

    private static void addCounts(List<Measurement> all, Optional<String> dataCenter, Range range) {
        all.add(new Measurement(Metric.RECORDS_READ, dataCenter, Spread.of(range.read())));
        all.add(new Measurement(Metric.RECORDS_STAGED, dataCenter, Spread.of(range.staged())));
        all.add(new Measurement(Metric.RECORDS_DUPLICATE, dataCenter, Spread.of(range.duplicate())));
        all.add(new Measurement(Metric.RECORDS_QUARANTINED, dataCenter, Spread.of(range.quarantined())));
        all.add(new Measurement(Metric.VALUES_UNFIT, dataCenter, Spread.of(range.unfit())));
    }
}
