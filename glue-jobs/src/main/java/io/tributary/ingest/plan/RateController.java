package io.tributary.ingest.plan;

import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.WithoutReplays;
import io.tributary.offsets.RangeStats;
import io.tributary.offsets.TopicPartitionId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Adapts each data center's quota to what it can deliver within a trigger. If a data center is slow, its quota shrinks
 * to what the last read delivered. While it keeps up, the quota grows again, by no more than what fits into the time.
 *
 * <p>A quota counts records and is given in offsets. In a sparse log, which was compacted or holds transactions, many
 * offsets have no record. They cost nothing, so the range spans more of them.
 */
public final class RateController {

    /** The most offsets for each record of the quota in a sparse log. */
    private static final double MAX_SPARSITY = 100_000;

    /** The factor by which an estimate of empty offsets grows from batch to batch. */
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
     * @param target how long reading it may take
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

    /** Updates the quotas from the newest batch; does nothing for a batch that it knows. */
    public void update(BatchMetadata carried) {
        if (carried.sequence() <= seen) {
            return;
        }
        seen = carried.sequence();
        // Replays have a share of their own.
        BatchMetadata batch = WithoutReplays.of(carried);
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
            // Cut short by its size in bytes, or by a stall.
            return Math.min(share, total.read());
        }
        return Math.max(1, Math.min(maxRecords, (long) (share * Math.min(2, inTime))));
    }

    private static double sparsity(double sparsity, long read, long offsets) {
        double now = read == 0 ? Math.max(sparsity, 1) * SPARSITY_STEP : (double) offsets / read;
        return Math.max(1, Math.min(MAX_SPARSITY, now));
    }
}
