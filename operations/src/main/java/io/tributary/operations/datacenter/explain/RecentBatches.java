package io.tributary.operations.datacenter.explain;

import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.Commit;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.commit.WithoutReplays;
import io.tributary.offsets.ReadProgress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the newest batches say of one data center.
 *
 * @param newest when the newest batch of any data center was written; empty if the lake has none
 * @param lastRead when a batch last had records of it; empty if none of those looked at had
 * @param since how many batches were written since then
 * @param deferrals how many of these deferred ranges of it
 * @param errors why, the newest first, each once
 * @param others who else was read in these batches
 * @param progress after the newest batch
 */
record RecentBatches(
        Optional<Instant> newest,
        Optional<Instant> lastRead,
        int since,
        int deferrals,
        List<String> errors,
        SortedSet<String> others,
        ReadProgress progress) {

    private static final int MAX_COMMITS = 2000;
    private static final int MAX_ERRORS = 5;

    RecentBatches {
        errors = List.copyOf(errors);
    }

    /** Looks back from the newest commit until a batch has records of the data center. */
    static RecentBatches of(CommitLog staging, String dataCenter) {
        List<BatchMetadata> batches = new ArrayList<>();
        long newest = staging.newestVersion();
        for (long version = newest; version >= 0 && version > newest - MAX_COMMITS; version--) {
            Optional<Commit> commit = staging.commit(version);
            if (commit.isEmpty()) {
                break;
            }
            Optional<BatchMetadata> batch = commit.get()
                    .metadata()
                    .filter(BatchMetadata.class::isInstance)
                    .map(BatchMetadata.class::cast)
                    .map(WithoutReplays::of);
            batch.ifPresent(batches::add);
            if (batch.filter(one -> isRead(one, dataCenter)).isPresent()) {
                break;
            }
        }
        return of(batches, dataCenter);
    }

    /** @param batches newest first, up to the one that has records of the data center */
    static RecentBatches of(List<BatchMetadata> batches, String dataCenter) {
        Optional<Instant> lastRead = Optional.empty();
        int since = 0;
        int deferrals = 0;
        Set<String> errors = new LinkedHashSet<>();
        SortedSet<String> others = new TreeSet<>();
        for (BatchMetadata batch : batches) {
            if (batch.deferred().stream()
                    .anyMatch(range -> range.partition().dataCenter().equals(dataCenter))) {
                deferrals++;
            }
            batch.readErrors().forEach((partition, words) -> {
                if (partition.dataCenter().equals(dataCenter) && errors.size() < MAX_ERRORS) {
                    errors.add(words);
                }
            });
            batch.ranges().forEach((partition, range) -> {
                if (!partition.dataCenter().equals(dataCenter) && range.read() > 0) {
                    others.add(partition.dataCenter());
                }
            });
            if (isRead(batch, dataCenter)) {
                lastRead = Optional.of(Instant.ofEpochMilli(batch.committedAt()));
                break;
            }
            since++;
        }
        return new RecentBatches(
                batches.isEmpty()
                        ? Optional.empty()
                        : Optional.of(Instant.ofEpochMilli(batches.get(0).committedAt())),
                lastRead,
                since,
                deferrals,
                new ArrayList<>(errors),
                others,
                batches.isEmpty() ? ReadProgress.EMPTY : batches.get(0).readProgress());
    }

    private static boolean isRead(BatchMetadata batch, String dataCenter) {
        return batch.ranges().entrySet().stream()
                .anyMatch(entry -> entry.getKey().dataCenter().equals(dataCenter)
                        && entry.getValue().read() > 0);
    }
}
