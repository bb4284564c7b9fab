package io.tributary.lab.loadtest;

import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.Commit;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.commit.MergeMetadata;
import java.util.ArrayList;
import java.util.List;

/** What the tables' logs tell of a run: every batch and every merge, and when each became visible. */
record LakeTimes(List<Batch> batches, List<Merge> merges) {

    /** @param visibleMillis when readers could first see it, since the epoch */
    record Batch(BatchMetadata metadata, long visibleMillis) {}

    /** @param visibleMillis when readers could first see it, since the epoch */
    record Merge(MergeMetadata metadata, long visibleMillis) {}

    static LakeTimes read(CommitLog staging, CommitLog merged) {
        List<Batch> batches = new ArrayList<>();
        for (Commit commit : staging.after(-1)) {
            commit.metadata()
                    .filter(BatchMetadata.class::isInstance)
                    .map(BatchMetadata.class::cast)
                    .ifPresent(batch -> batches.add(new Batch(batch, visible(staging, commit))));
        }
        List<Merge> merges = new ArrayList<>();
        for (Commit commit : merged.after(-1)) {
            commit.metadata()
                    .filter(MergeMetadata.class::isInstance)
                    .map(MergeMetadata.class::cast)
                    .ifPresent(merge -> merges.add(new Merge(merge, visible(merged, commit))));
        }
        return new LakeTimes(batches, merges);
    }

    private static long visible(CommitLog log, Commit commit) {
        return log.visibleSince(commit.version()).toEpochMilli();
    }
}
