package io.tributary.operations.status.page;

import io.tributary.lake.commit.BatchMetadata;
import io.tributary.offsets.RangeStats;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of the records of one data center that were read in the last hour. Each of the three kinds of staged rows is
 * split by whether a merge has taken it.
 *
 * @param onTime staged rows that were on time
 * @param late staged rows that were late
 * @param staged staged rows of batches that do not say how many were late
 * @param duplicate records that the stream dropped
 * @param quarantined rejected records
 */
record HourFlow(Rows onTime, Rows late, Rows staged, long duplicate, long quarantined) {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final HourFlow NONE = new HourFlow(Rows.NONE, Rows.NONE, Rows.NONE, 0, 0);

    /** Rows that a merge has taken, and that wait for one. */
    record Rows(long merged, long waiting) {

        static final Rows NONE = new Rows(0, 0);

        static Rows of(long rows, boolean isMerged) {
            return isMerged ? new Rows(rows, 0) : new Rows(0, rows);
        }

        Rows plus(Rows other) {
            return new Rows(merged + other.merged, waiting + other.waiting);
        }

        long all() {
            return merged + waiting;
        }
    }

    /** @param watermark up to which committed time batches are merged; empty if nothing is */
    static SortedMap<String, HourFlow> of(List<BatchMetadata> batches, Optional<Instant> watermark, Instant now) {
        SortedMap<String, HourFlow> flows = new TreeMap<>();
        batches.stream()
                .filter(batch -> batch.committedAt() >= now.minus(HOUR).toEpochMilli())
                .forEach(batch -> {
                    boolean isMerged = watermark
                            .filter(time -> batch.committedAt() <= time.toEpochMilli())
                            .isPresent();
                    ofBatch(batch).forEach((name, read) -> {
                        Optional<Long> late =
                                Optional.ofNullable(batch.flow().late().get(name));
                        flows.merge(name, of(read, late, isMerged), HourFlow::plus);
                    });
                });
        return flows;
    }

    private static SortedMap<String, RangeStats> ofBatch(BatchMetadata batch) {
        SortedMap<String, RangeStats> read = new TreeMap<>();
        batch.ranges().forEach((partition, range) -> read.merge(partition.dataCenter(), range, RangeStats::plus));
        return read;
    }

    private static HourFlow of(RangeStats read, Optional<Long> late, boolean isMerged) {
        return new HourFlow(
                Rows.of(late.map(rows -> read.staged() - rows).orElse(0L), isMerged),
                Rows.of(late.orElse(0L), isMerged),
                Rows.of(late.isPresent() ? 0 : read.staged(), isMerged),
                read.duplicate(),
                read.quarantined());
    }

    HourFlow plus(HourFlow other) {
        return new HourFlow(
                onTime.plus(other.onTime),
                late.plus(other.late),
                staged.plus(other.staged),
                duplicate + other.duplicate,
                quarantined + other.quarantined);
    }

    static HourFlow sum(Iterable<HourFlow> flows) {
        HourFlow sum = NONE;
        for (HourFlow flow : flows) {
            sum = sum.plus(flow);
        }
        return sum;
    }

    long read() {
        return onTime.all() + late.all() + staged.all() + duplicate + quarantined;
    }
}
