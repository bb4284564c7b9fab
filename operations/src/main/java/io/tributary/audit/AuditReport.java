package io.tributary.audit;

import io.tributary.lake.commit.MergeMetadata;
import io.tributary.offsets.TopicPartitionId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/**
 * What an audit found. Values fold: the report on the logs plus the report on the data is the report on the lake.
 *
 * @param tables in the order staging, quarantine, merged
 * @param merge number of the newest merge; 0 before the first
 * @param watermark {@code arrived_at} up to which is merged, milliseconds since the epoch
 * @param stagedFrom where the staging table's rows begin: those that arrived before were merged and have had their time;
 *     milliseconds since the epoch, 0 if all are there
 * @param lifetime the running totals of the merged table after the newest merge, if it counted them
 * @param unread offsets that were skipped, and those that are pending
 * @param reasons why records lie in the quarantine, by data center; known only if the data was read
 * @param removals rows that were erased, or dropped by a rule
 * @param findingsBeyond how many findings there are besides those listed
 * @param notes what is legal and worth knowing
 */
record AuditReport(
        List<VersionRange> tables,
        SortedMap<TopicPartitionId, PartitionTotals> partitions,
        SortedMap<String, DataCenterTotals> dataCenters,
        long merge,
        long watermark,
        long stagedFrom,
        Optional<MergeMetadata.Lifetime> lifetime,
        UnreadOffsets unread,
        SortedMap<String, SortedMap<String, Long>> reasons,
        Removals removals,
        List<Finding> findings,
        long findingsBeyond,
        List<String> notes) {

    static final AuditReport EMPTY = of(new FindingCollector());

    AuditReport {
        tables = List.copyOf(tables);
        partitions = Collections.unmodifiableSortedMap(new TreeMap<>(partitions));
        dataCenters = Collections.unmodifiableSortedMap(new TreeMap<>(dataCenters));
        reasons = Collections.unmodifiableSortedMap(new TreeMap<>(reasons));
        findings = List.copyOf(findings);
        notes = List.copyOf(notes);
    }

    /** A report that says nothing but what was found. */
    static AuditReport of(FindingCollector findings) {
        return new AuditReport(
                List.of(),
                new TreeMap<>(),
                new TreeMap<>(),
                0,
                0,
                0,
                Optional.empty(),
                UnreadOffsets.NOTHING,
                new TreeMap<>(),
                Removals.NOTHING,
                findings.kept(),
                findings.beyond(),
                findings.notes());
    }

    /** As {@link #of}, with the reasons for which records lie in the quarantine. */
    static AuditReport of(FindingCollector findings, SortedMap<String, SortedMap<String, Long>> reasons) {
        return new AuditReport(
                List.of(),
                new TreeMap<>(),
                new TreeMap<>(),
                0,
                0,
                0,
                Optional.empty(),
                UnreadOffsets.NOTHING,
                reasons,
                Removals.NOTHING,
                findings.kept(),
                findings.beyond(),
                findings.notes());
    }

    AuditReport plus(AuditReport other) {
        return new AuditReport(
                joined(tables, other.tables),
                merged(partitions, other.partitions, PartitionTotals::plus),
                merged(dataCenters, other.dataCenters, DataCenterTotals::plus),
                Math.max(merge, other.merge),
                Math.max(watermark, other.watermark),
                Math.max(stagedFrom, other.stagedFrom),
                lifetime.or(() -> other.lifetime),
                unread.plus(other.unread),
                merged(reasons, other.reasons, AuditReport::summed),
                removals.plus(other.removals),
                joined(findings, other.findings),
                findingsBeyond + other.findingsBeyond,
                joined(notes, other.notes));
    }

    boolean isBalanced() {
        return findings.isEmpty();
    }

    PartitionTotals total() {
        return partitions.values().stream()
                .map(PartitionTotals::withoutOffsets)
                .reduce(PartitionTotals.EMPTY, PartitionTotals::plus);
    }

    /** The sums over the partitions of each data center. */
    SortedMap<String, PartitionTotals> byDataCenter() {
        SortedMap<String, PartitionTotals> sums = new TreeMap<>();
        partitions.forEach((partition, totals) ->
                sums.merge(partition.dataCenter(), totals.withoutOffsets(), PartitionTotals::plus));
        return sums;
    }

    DataCenterTotals merges() {
        return dataCenters.values().stream().reduce(DataCenterTotals.EMPTY, DataCenterTotals::plus);
    }

    private static SortedMap<String, Long> summed(SortedMap<String, Long> first, SortedMap<String, Long> second) {
        return merged(first, second, Long::sum);
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private static <K, V> SortedMap<K, V> merged(
            SortedMap<K, V> first, SortedMap<K, V> second, BinaryOperator<V> plus) {
        SortedMap<K, V> all = new TreeMap<>(first);
        second.forEach((key, value) -> all.merge(key, value, plus));
        return all;
    }
}
