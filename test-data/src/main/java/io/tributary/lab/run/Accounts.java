package io.tributary.lab.run;

import io.tributary.account.BatchAccount;
import io.tributary.account.Commit;
import io.tributary.account.CommitLog;
import io.tributary.account.Frontier;
import io.tributary.account.MergeAccount;
import io.tributary.account.PartitionId;
import io.tributary.lab.evaluate.Carried;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** How far the pipeline has come, by the accounts in the tables' logs; each look reads only what is new. */
public final class Accounts {

    private final CommitLog staging;
    private final CommitLog merged;
    private long stagingVersion = -1;
    private long mergedVersion = -1;

    private final SortedMap<String, Carried> carried = new TreeMap<>();
    private Frontier frontier = Frontier.EMPTY;
    private long lastArrival = Long.MIN_VALUE;
    private long cursor = Long.MIN_VALUE;
    private long merges;

    public Accounts(CommitLog staging, CommitLog merged) {
        this.staging = staging;
        this.merged = merged;
    }

    /** Where the pipeline stands now. */
    public Standing look() {
        for (Commit commit : staging.after(stagingVersion)) {
            stagingVersion = commit.version();
            commit.account()
                    .filter(BatchAccount.class::isInstance)
                    .map(BatchAccount.class::cast)
                    .ifPresent(this::add);
        }
        for (Commit commit : merged.after(mergedVersion)) {
            mergedVersion = commit.version();
            commit.account()
                    .filter(MergeAccount.class::isInstance)
                    .map(MergeAccount.class::cast)
                    .ifPresent(this::add);
        }
        return new Standing(Map.copyOf(carried), frontier, cursor >= lastArrival, merges);
    }

    private void add(BatchAccount batch) {
        batch.ranges()
                .forEach((partition, range) -> add(
                        partition.dataCenter(),
                        Carried.byStream(range.read(), range.staged(), range.duplicate(), range.quarantined())));
        frontier = batch.frontier();
        lastArrival = batch.arrivedAt();
    }

    private void add(MergeAccount merge) {
        merge.dataCenters().forEach((name, rows) -> add(name, Carried.byMerge(rows.merged(), rows.repeats())));
        cursor = merge.cursor();
        merges++;
    }

    private void add(String dataCenter, Carried more) {
        carried.merge(dataCenter, more, Carried::plus);
    }

    /**
     * Where the pipeline stands.
     *
     * @param carried what became of each data centre's records
     * @param frontier how far the stream has read, and what it has left out so far
     * @param isMerged whether the merge has taken in everything that is staged
     */
    public record Standing(Map<String, Carried> carried, Frontier frontier, boolean isMerged, long merges) {

        public Carried of(String dataCenter) {
            return carried.getOrDefault(dataCenter, Carried.NOTHING);
        }

        public Carried total() {
            return carried.values().stream().reduce(Carried.NOTHING, Carried::plus);
        }

        /** Whether everything up to {@code ends} is read and merged. */
        public boolean isDone(Map<PartitionId, Long> ends) {
            return isMerged && isRead(ends);
        }

        /** Whether everything up to {@code ends} is read, with nothing below that waits to be handed out again. */
        public boolean isRead(Map<PartitionId, Long> ends) {
            return ends.entrySet().stream()
                    .allMatch(end -> frontier.positions().of(end.getKey()).orElse(0L) >= end.getValue()
                            && frontier.waitingOf(end.getKey()).stream()
                                    .allMatch(range -> range.from() >= end.getValue()));
        }
    }
}
