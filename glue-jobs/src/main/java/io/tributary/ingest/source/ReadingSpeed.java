package io.tributary.ingest.source;

import io.tributary.account.BatchAccount;
import io.tributary.account.PartitionId;
import io.tributary.account.Range;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * Finds for each data centre the share that it can deliver within a trigger: a slow one's shrinks to what its last
 * reading says it can, and grows again, doubling, while it keeps up.
 */
final class ReadingSpeed {

    /** Below this a reading's time is that of the connection, and says nothing about speed. */
    private static final long LEAST = 100;

    private final long most;
    private final Duration target;
    private final ToIntFunction<String> deferrals;
    private final Map<String, Long> shares = new HashMap<>();
    private long seen;

    /**
     * @param most records that a data centre may contribute to one batch
     * @param target how long its reading may take
     * @param deferrals how often a data centre was deferred lately; it begins small, and smaller each time, so that one
     *     that is too slow for its share is not deferred for ever
     */
    ReadingSpeed(long most, Duration target, ToIntFunction<String> deferrals) {
        this.deferrals = deferrals;
        this.most = most;
        this.target = target;
    }

    FairShare shareOf(String dataCenter) {
        return new FairShare(shares.computeIfAbsent(dataCenter, this::firstShare));
    }

    private long firstShare(String dataCenter) {
        return Math.max(Math.min(LEAST, most), most >> Math.min(62, 2 * deferrals.applyAsInt(dataCenter)));
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
        byDataCenter.forEach(
                (name, range) -> shares.put(name, next(shareOf(name).maxRecords(), range)));
    }

    private long next(long share, Range range) {
        if (range.millis() > target.toMillis()) {
            return Math.min(most, Math.max(LEAST, range.read() * target.toMillis() / range.millis()));
        }
        return share > most / 2 ? most : share * 2;
    }
}
