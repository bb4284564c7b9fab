package io.tributary.ingest.source;

import io.tributary.account.BatchAccount;
import io.tributary.account.PartitionId;
import io.tributary.account.Range;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds for each data centre the share that it can deliver within a trigger: a slow one's shrinks to what its last
 * reading says it can, and grows again, doubling, while it keeps up.
 */
final class ReadingSpeed {

    /** Below this a reading's time is that of the connection, and says nothing about speed. */
    private static final long LEAST = 100;

    private final long most;
    private final Duration target;
    private final Map<String, Long> shares = new HashMap<>();
    private long seen;

    /**
     * @param most records that a data centre may contribute to one batch
     * @param target how long its reading may take
     */
    ReadingSpeed(long most, Duration target) {
        this.most = most;
        this.target = target;
    }

    FairShare shareOf(String dataCenter) {
        return new FairShare(shares.getOrDefault(dataCenter, most));
    }

    /** Learns from the newest batch; learns nothing from one that it knows. */
    void learn(BatchAccount batch) {
        if (batch.sequence() <= seen) {
            return;
        }
        seen = batch.sequence();
        Map<String, Range> byDataCenter = new HashMap<>();
        for (Map.Entry<PartitionId, Range> entry : batch.ranges().entrySet()) {
            byDataCenter.merge(entry.getKey().dataCenter(), entry.getValue(), Range::plus);
        }
        byDataCenter.forEach((name, range) -> shares.compute(name, (key, share) -> next(share, range)));
    }

    private Long next(Long share, Range range) {
        if (range.millis() > target.toMillis()) {
            return Math.min(most, Math.max(LEAST, range.read() * target.toMillis() / range.millis()));
        }
        return share == null || share * 2 >= most ? null : Long.valueOf(share * 2);
    }
}
