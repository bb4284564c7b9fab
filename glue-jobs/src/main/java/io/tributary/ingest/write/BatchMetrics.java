package io.tributary.ingest.write;

import io.tributary.lake.commit.BatchMetadata;
import io.tributary.metrics.DataPoint;
import io.tributary.metrics.Metric;
import io.tributary.metrics.StatisticSet;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.RangeStats;
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
     * @param times when the records were appended in Kafka, by data center
     * @param now when the batch had become visible
     */
    static List<DataPoint> of(BatchMetadata metadata, Map<String, AppendTimeStats> times, Instant now) {
        SortedMap<String, RangeStats> ranges = new TreeMap<>();
        metadata.ranges().forEach((partition, range) -> ranges.merge(partition.dataCenter(), range, RangeStats::plus));
        SortedMap<String, Long> deferred = new TreeMap<>();
        for (OffsetRange range : metadata.deferred()) {
            deferred.merge(range.partition().dataCenter(), 1L, Long::sum);
        }
        List<DataPoint> all = new ArrayList<>();
        ranges.forEach((name, range) -> addCounts(all, Optional.of(name), range));
        addCounts(all, Optional.empty(), metadata.total());
        deferred.forEach((name, count) -> all.add(DataPoint.of(Metric.RANGES_DEFERRED, name, count)));
        all.add(DataPoint.ofLake(Metric.RANGES_DEFERRED, metadata.deferred().size()));
        addLost(all, metadata);
        times.forEach(
                (name, appended) -> all.add(new DataPoint(Metric.FRESHNESS, Optional.of(name), appended.agesAt(now))));
        times.values().stream()
                .map(appended -> appended.agesAt(now))
                .reduce(StatisticSet::plus)
                .ifPresent(ages -> all.add(new DataPoint(Metric.FRESHNESS, Optional.empty(), ages)));
        all.add(DataPoint.ofLake(Metric.BATCH, (now.toEpochMilli() - metadata.plannedAt()) / 1000.0));
        return all;
    }

    private static void addLost(List<DataPoint> all, BatchMetadata metadata) {
        SortedMap<String, Long> lost = new TreeMap<>();
        metadata.lost().forEach(range -> lost.merge(range.partition().dataCenter(), range.offsets(), Long::sum));
        lost.forEach((name, offsets) -> all.add(DataPoint.of(Metric.OFFSETS_LOST, name, offsets)));
        all.add(DataPoint.ofLake(
                Metric.OFFSETS_LOST,
                lost.values().stream().mapToLong(Long::longValue).sum()));
    }

    /** Each record is a value, 100 or 0, so that the average over any time is the share of its records. */
    private static Optional<StatisticSet> quarantinedPercent(RangeStats range) {
        long read = range.read();
        long quarantined = range.quarantined();
        return read == 0
                ? Optional.empty()
                : Optional.of(new StatisticSet(
                        read, 100.0 * quarantined, quarantined == read ? 100 : 0, quarantined == 0 ? 0 : 100));
    }

    private static void addCounts(List<DataPoint> all, Optional<String> dataCenter, RangeStats range) {
        all.add(new DataPoint(Metric.RECORDS_READ, dataCenter, StatisticSet.of(range.read())));
        all.add(new DataPoint(Metric.RECORDS_STAGED, dataCenter, StatisticSet.of(range.staged())));
        all.add(new DataPoint(Metric.RECORDS_DUPLICATE, dataCenter, StatisticSet.of(range.duplicate())));
        all.add(new DataPoint(Metric.RECORDS_QUARANTINED, dataCenter, StatisticSet.of(range.quarantined())));
        quarantinedPercent(range)
                .ifPresent(share -> all.add(new DataPoint(Metric.QUARANTINED_PERCENT, dataCenter, share)));
        all.add(new DataPoint(Metric.RECORDS_ERASED, dataCenter, StatisticSet.of(range.erased())));
        all.add(new DataPoint(Metric.RECORDS_WITHOUT_EVENT, dataCenter, StatisticSet.of(range.withoutEvent())));
        all.add(new DataPoint(Metric.CAST_FAILURES, dataCenter, StatisticSet.of(range.castFailures())));
    }
}
