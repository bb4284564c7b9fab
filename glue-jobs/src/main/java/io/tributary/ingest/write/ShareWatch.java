package io.tributary.ingest.write;

import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.WithoutReplays;
import io.tributary.offsets.RangeStats;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices when much more of what a data center delivers than before is a duplicate, or does not fit its columns. Each is
 * legal and accounted for, so nothing else would say that an identity leads to what is not unique, that a cluster is read
 * under two names, or that a producer has changed a field.
 */
final class ShareWatch {

    private static final Logger LOG = LoggerFactory.getLogger(ShareWatch.class);

    private final Map<String, Share> duplicates = new HashMap<>();
    private final Map<String, Share> castFailures = new HashMap<>();

    /** Takes the next batch, and warns when a share has jumped; again at growing intervals while it stays so. */
    void accept(BatchMetadata metadata) {
        SortedMap<String, RangeStats> ranges = new TreeMap<>();
        // What is read again is known, or was rejected: its shares say nothing of the producers.
        WithoutReplays.of(metadata)
                .ranges()
                .forEach((partition, range) -> ranges.merge(partition.dataCenter(), range, RangeStats::plus));
        ranges.forEach((name, range) -> {
            if (isTold(duplicates, name, range, RangeStats::duplicate)) {
                LOG.warn(
                        "ingest[dc={}]: {} are duplicates. A producer sends again what it has sent, or event.id leads to"
                                + " a value that is not unique, or one cluster is read under two names. What is known"
                                + " already is left out; if event.id is wrong, events are",
                        name,
                        duplicates.get(name).describe());
            }
            if (isTold(castFailures, name, range, RangeStats::castFailures)) {
                LOG.warn(
                        "ingest[dc={}]: {} had a value that does not fit its column. A producer has changed a field. The"
                                + " column is null there; the payload keeps the value",
                        name,
                        castFailures.get(name).describe());
            }
        });
    }

    private static boolean isTold(
            Map<String, Share> shares, String dataCenter, RangeStats range, ToLongFunction<RangeStats> counted) {
        return shares.computeIfAbsent(dataCenter, name -> new Share())
                .isJumpToTell(counted.applyAsLong(range), range.read());
    }

    /** How large a part of the records is of one kind: over the last batches, and over many before. */
    static final class Share {

        private static final double RECENT_DECAY = 0.8;
        private static final double USUAL_DECAY = 0.99;
        private static final double MIN_RECORDS = 100;
        private static final double MIN_SHARE = 0.2;
        private static final double MIN_SHARE_AT_FIRST = 0.5;
        private static final double MIN_FACTOR = 3;

        private double recentPart;
        private double recentWhole;
        private double usualPart;
        private double usualWhole;
        private long jumps;

        /** Takes the counts of a batch and says whether they are to be told. */
        boolean isJumpToTell(long part, long whole) {
            if (whole == 0) {
                return false;
            }
            recentPart = recentPart * RECENT_DECAY + part;
            recentWhole = recentWhole * RECENT_DECAY + whole;
            boolean isJump = isJump();
            usualPart = usualPart * USUAL_DECAY + part;
            usualWhole = usualWhole * USUAL_DECAY + whole;
            jumps = isJump ? jumps + 1 : 0;
            return isJump && Long.bitCount(jumps) == 1;
        }

        private boolean isJump() {
            if (recentWhole < MIN_RECORDS) {
                return false;
            }
            return usualWhole < MIN_RECORDS
                    ? recent() >= MIN_SHARE_AT_FIRST
                    : recent() >= MIN_SHARE && recent() >= MIN_FACTOR * usual();
        }

        private double recent() {
            return recentPart / recentWhole;
        }

        private double usual() {
            return usualPart / usualWhole;
        }

        String describe() {
            return percent(recent()) + " of the last records, " + percent(usual()) + " over a longer time,";
        }

        private static String percent(double share) {
            return Math.round(share * 1000) / 10.0 + " %";
        }
    }
}
