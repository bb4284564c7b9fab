package io.tributary.ingest.plan;

import io.tributary.lake.commit.BatchCommit;
import io.tributary.offsets.RangeStats;
import io.tributary.offsets.TopicPartitionId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds for each data center the share that it can deliver within a trigger: a slow one's shrinks to what its last
 * reading says it can, and grows again, by no more than what fits into the time, while it keeps up.
 *
 * <p>A share is counted in records and given in offsets: where a log is sparse, because it was compacted or holds
 * transactions, the offsets without a record cost nothing and are passed besides.
 */
public final class RateController {

    /** A share of a sparse log spans at most so many offsets a record. */
    private static final double MAX_SPARSITY = 100_000;

    /** What is not known of an empty stretch is tried in steps of this factor. */
    private static final double SPARSITY_STEP = 10;

    private final long maxRecords;
    private final Duration target;
    private final Map<String, Share> shares = new HashMap<>();
    private long seen;

    /** @param sparsity offsets a record, 1 or more */
    private record Share(long records, double sparsity) {

        ReadQuota offsets() {
            return new ReadQuota((long) Math.min(Long.MAX_VALUE / 2.0, records * sparsity));
        }
    }

    /**
     * @param maxRecords that a data center may contribute to one batch
     * @param target how long its reading may take
     */
    public RateController(long maxRecords, Duration target) {
        this.maxRecords = maxRecords;
        this.target = target;
    }

    public ReadQuota shareOf(String dataCenter) {
        return share(dataCenter).offsets();
    }

    private Share share(String dataCenter) {
        return shares.getOrDefault(dataCenter, new Share(maxRecords, 1));
    }

    /** Learns from the newest batch; learns nothing from one that it knows. */
    public void update(BatchCommit batch) {
        if (batch.sequence() <= seen) {
            return;
        }
        seen = batch.sequence();
        Set<String> cut = batch.deferred().stream()
                .map(range -> range.partition().dataCenter())
                .collect(Collectors.toSet());
        Map<String, RangeStats> totals = new HashMap<>();
        Map<String, Long> offsets = new HashMap<>();
        for (Map.Entry<TopicPartitionId, RangeStats> entry : batch.ranges().entrySet()) {
            String name = entry.getKey().dataCenter();
            RangeStats range = entry.getValue();
            totals.merge(name, range, RangeStats::plus);
            offsets.merge(name, range.until() - range.from(), Long::sum);
        }
        totals.forEach((name, total) -> {
            if (offsets.get(name) > 0) {
                shares.put(name, next(share(name), total, offsets.get(name), cut.contains(name)));
            }
        });
    }

    private Share next(Share share, RangeStats total, long offsets, boolean wasCut) {
        return new Share(records(share.records(), total, wasCut), sparsity(share.sparsity(), total.read(), offsets));
    }

    private long records(long share, RangeStats total, boolean wasCut) {
        double inTime = total.millis() == 0 ? Double.MAX_VALUE : (double) target.toMillis() / total.millis();
        if (inTime < 1) {
            return Math.max(1, Math.min(maxRecords, (long) (total.read() * inTime)));
        }
        if (wasCut && total.read() > 0) {
            // By its size in bytes, or by a stall.
            return Math.min(share, total.read());
        }
        return Math.max(1, Math.min(maxRecords, (long) (share * Math.min(2, inTime))));
    }

    private static double sparsity(double sparsity, long read, long offsets) {
        double now = read == 0 ? Math.max(sparsity, 1) * SPARSITY_STEP : (double) offsets / read;
        return Math.max(1, Math.min(MAX_SPARSITY, now));
    }
}
