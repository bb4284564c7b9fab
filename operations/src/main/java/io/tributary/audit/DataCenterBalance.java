package io.tributary.audit;

import io.tributary.offsets.TopicPartitionId;
import io.tributary.schema.Lake;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;

/**
 * What the logs of a lake say became of everything that one data center delivered.
 *
 * @param partitions of its topics
 * @param staged rows that came into staging
 * @param merged rows that merges added to the merged table
 * @param repeats staged rows that merges left out, because their event was known
 * @param waiting staged rows above the merge watermark
 * @param versions of the three tables, in the order staging, quarantine, merged
 * @param erased staged rows that merges left out because their event was erased
 * @param findings of the audit, in words, but for those that concern another data center alone
 */
public record DataCenterBalance(
        String dataCenter,
        SortedMap<TopicPartitionId, Flow> partitions,
        long staged,
        long merged,
        long repeats,
        long waiting,
        long erased,
        List<Versions> versions,
        List<String> findings) {

    /**
     * What came through one partition, or through all.
     *
     * @param from the first offset that batches carried
     * @param until the last, exclusive
     * @param spans into how many unbroken parts the offsets fall; 1: none is missing in between
     * @param skipped offsets that Kafka no longer had and an operator gave up
     * @param pending offsets that were deferred and wait
     * @param erased records that were left out because their event was erased
     * @param withoutEvent records that a rule of the configuration passes over
     */
    public record Flow(
            long from,
            long until,
            int spans,
            long read,
            long staged,
            long duplicate,
            long quarantined,
            long skipped,
            long pending,
            long erased,
            long withoutEvent) {

        static final Flow NOTHING = new Flow(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

        static Flow of(PartitionTotals totals) {
            return new Flow(
                    totals.from(),
                    totals.until(),
                    totals.carried().size(),
                    totals.read(),
                    totals.staged(),
                    totals.duplicate(),
                    totals.quarantined(),
                    totals.skipped(),
                    totals.pending(),
                    totals.erased(),
                    totals.withoutEvent());
        }

        /** The counts of both; their offsets have nothing in common. */
        Flow plus(Flow other) {
            return new Flow(
                    0,
                    0,
                    spans + other.spans,
                    read + other.read,
                    staged + other.staged,
                    duplicate + other.duplicate,
                    quarantined + other.quarantined,
                    skipped + other.skipped,
                    pending + other.pending,
                    erased + other.erased,
                    withoutEvent + other.withoutEvent);
        }
    }

    /** Which versions of a table's log were read. */
    public record Versions(String table, long first, long last) {}

    public DataCenterBalance {
        partitions = Collections.unmodifiableSortedMap(new TreeMap<>(partitions));
        versions = List.copyOf(versions);
        findings = List.copyOf(findings);
    }

    /** @throws io.tributary.error.InvalidInputException if there is no lake */
    public static DataCenterBalance of(Lake lake, Configuration hadoop, String dataCenter) {
        try (LakeLogs logs = new LakeLogs(lake, hadoop)) {
            return of(logs.audit(), dataCenter);
        }
    }

    static DataCenterBalance of(AuditReport report, String dataCenter) {
        SortedMap<TopicPartitionId, Flow> partitions = new TreeMap<>();
        report.partitions().forEach((partition, totals) -> {
            if (partition.dataCenter().equals(dataCenter)) {
                partitions.put(partition, Flow.of(totals));
            }
        });
        DataCenterTotals totals = report.dataCenters().getOrDefault(dataCenter, DataCenterTotals.EMPTY);
        SortedSet<String> others = new TreeSet<>(report.dataCenters().keySet());
        others.remove(dataCenter);
        List<String> findings = report.findings().stream()
                .filter(finding -> others.stream()
                        .noneMatch(other ->
                                finding.place().equals(other) || finding.place().startsWith(other + "/")))
                .map(finding -> finding.table() + (finding.version() < 0 ? "" : " version " + finding.version()) + ": "
                        + finding.kind().problem())
                .toList();
        return new DataCenterBalance(
                dataCenter,
                partitions,
                totals.staged(),
                totals.merged(),
                totals.duplicates(),
                totals.pending(),
                totals.erased(),
                report.tables().stream()
                        .map(table -> new Versions(table.table(), table.first(), table.last()))
                        .toList(),
                findings);
    }

    /** The sum over all partitions. */
    public Flow total() {
        return partitions.values().stream().reduce(Flow.NOTHING, Flow::plus);
    }

    /** Whether all logs go back to the beginning; if not, batches and merges do not count from the same row on. */
    public boolean isWhole() {
        return versions.stream().allMatch(table -> table.first() <= 0);
    }

    /** Records that are in none of the counts, and staged rows that are in none; 0 if everything is accounted for. */
    public long imbalance() {
        Flow total = total();
        return Math.abs(total.read()
                        - total.staged()
                        - total.duplicate()
                        - total.quarantined()
                        - total.erased()
                        - total.withoutEvent())
                + (isWhole() ? Math.abs(staged - merged - repeats - waiting - erased) : 0);
    }
}
