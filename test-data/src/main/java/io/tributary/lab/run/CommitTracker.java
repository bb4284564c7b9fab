package io.tributary.lab.run;

import io.tributary.lab.evaluate.ProcessedCounts;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.Commit;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.commit.MergeMetadata;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicPartitionId;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** How far the pipeline has come, by the metadata in the tables' logs; each look reads only what is new. */
public final class CommitTracker {

    private final CommitLog staging;
    private final CommitLog merged;
    private long stagingVersion = -1;
    private long mergedVersion = -1;

    private final SortedMap<String, ProcessedCounts> processed = new TreeMap<>();
    private ReadProgress readProgress = ReadProgress.EMPTY;
    private AbandonedTopics abandoned = AbandonedTopics.NONE;
    private OrderProgress orders = OrderProgress.NONE;
    private long lastArrival = Long.MIN_VALUE;
    private long watermark = Long.MIN_VALUE;
    private long merges;

    public CommitTracker(CommitLog staging, CommitLog merged) {
        this.staging = staging;
        this.merged = merged;
    }

    /** Where the pipeline stands now. */
    public synchronized Standing look() {
        for (Commit commit : staging.after(stagingVersion)) {
            stagingVersion = commit.version();
            commit.metadata()
                    .filter(BatchMetadata.class::isInstance)
                    .map(BatchMetadata.class::cast)
                    .ifPresent(this::add);
        }
        for (Commit commit : merged.after(mergedVersion)) {
            mergedVersion = commit.version();
            commit.metadata()
                    .filter(MergeMetadata.class::isInstance)
                    .map(MergeMetadata.class::cast)
                    .ifPresent(merge -> add(commit.version(), merge));
        }
        return new Standing(Map.copyOf(processed), readProgress, watermark >= lastArrival, merges);
    }

    /** The topics that are read no more, by what was read of them at the last look. */
    synchronized AbandonedTopics abandoned() {
        return abandoned;
    }

    /** How far operators' orders had come at the last look. */
    synchronized OrderProgress orders() {
        return orders;
    }

    private void add(BatchMetadata batch) {
        batch.ranges()
                .forEach((partition, range) -> add(
                        partition.dataCenter(),
                        ProcessedCounts.byStream(
                                range.read(), range.staged(), range.duplicate(), range.quarantined())));
        orders = orders.plus(batch);
        abandoned = abandoned.plus(readProgress, batch.lost(), batch.readProgress());
        readProgress = batch.readProgress();
        lastArrival = batch.committedAt();
    }

    private void add(long version, MergeMetadata merge) {
        orders = orders.plus(version, merge);
        merge.dataCenters()
                .forEach((name, rows) -> add(name, ProcessedCounts.byMerge(rows.merged(), rows.duplicates())));
        watermark = merge.watermark();
        merges++;
    }

    private void add(String dataCenter, ProcessedCounts more) {
        processed.merge(dataCenter, more, ProcessedCounts::plus);
    }

    /**
     * Where the pipeline stands.
     *
     * @param processed what became of each data center's records
     * @param readProgress how far the stream has read, and what it has left out so far
     * @param isMerged whether the merge has taken in everything that is staged
     */
    public record Standing(
            Map<String, ProcessedCounts> processed, ReadProgress readProgress, boolean isMerged, long merges) {

        public ProcessedCounts of(String dataCenter) {
            return processed.getOrDefault(dataCenter, ProcessedCounts.NOTHING);
        }

        public ProcessedCounts total() {
            return processed.values().stream().reduce(ProcessedCounts.NOTHING, ProcessedCounts::plus);
        }

        /** Whether everything up to {@code ends} is read and merged. */
        public boolean isDone(Map<TopicPartitionId, Long> ends) {
            return isMerged && isRead(ends);
        }

        /** Whether everything up to {@code ends} is read, with nothing below that waits to be handed out again. */
        public boolean isRead(Map<TopicPartitionId, Long> ends) {
            return ends.entrySet().stream()
                    .allMatch(end -> readProgress.positions().of(end.getKey()).orElse(0L) >= end.getValue()
                            && readProgress.pendingOf(end.getKey()).stream()
                                    .allMatch(range -> range.from() >= end.getValue()));
        }
    }
}
