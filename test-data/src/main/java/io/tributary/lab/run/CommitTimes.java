package io.tributary.lab.run;

import io.tributary.lab.evaluate.VisibleSince;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.Commit;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.commit.CommitMetadata;
import io.tributary.lake.commit.MergeMetadata;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** An event on time is visible from the commit of its batch on, a late one from the commit of the merge that took it. */
public final class CommitTimes implements VisibleSince {

    private final Followed staging;
    private final Followed merged;
    private final Map<Long, Long> byArrival = new HashMap<>();
    private final TreeMap<Long, Long> byCursor = new TreeMap<>();

    /** Follows two logs from where they end now. */
    public CommitTimes(CommitLog staging, CommitLog merged) {
        this.staging = new Followed(staging);
        this.merged = new Followed(merged);
    }

    @Override
    public void look() {
        staging.forEachNew((metadata, millis) -> {
            if (metadata instanceof BatchMetadata batch) {
                byArrival.put(batch.committedAt(), millis);
            }
        });
        merged.forEachNew((metadata, millis) -> {
            if (metadata instanceof MergeMetadata merge) {
                byCursor.put(merge.watermark(), millis);
            }
        });
    }

    @Override
    public OptionalLong of(long arrivedMillis, boolean isOnTime) {
        Optional<Long> millis = isOnTime
                ? Optional.ofNullable(byArrival.get(arrivedMillis))
                : Optional.ofNullable(byCursor.ceilingEntry(arrivedMillis)).map(Map.Entry::getValue);
        return millis.map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }

    @FunctionalInterface
    private interface Visit {
        void accept(CommitMetadata metadata, long visibleSinceMillis);
    }

    private static final class Followed {

        private final CommitLog log;
        private long version;

        Followed(CommitLog log) {
            this.log = log;
            this.version = log.newestVersion();
        }

        void forEachNew(Visit visit) {
            for (Commit commit : log.after(version)) {
                commit.metadata()
                        .ifPresent(metadata -> visit.accept(
                                metadata, log.visibleSince(commit.version()).toEpochMilli()));
                version = commit.version();
            }
        }
    }
}
