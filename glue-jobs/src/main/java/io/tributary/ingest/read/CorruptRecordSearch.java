package io.tributary.ingest.read;

import io.tributary.ingest.discovery.KafkaErrors;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Finds out which records of a range are damaged, by reading from single offsets of it. */
final class CorruptRecordSearch {

    /** The most unreadable records in one task. More of them are not damage of single records. */
    private static final int MAX_UNREADABLE_RECORDS = 10_000;

    private final RangeConsumer consumer;
    private final Duration timeout;
    private final Map<RangeProgress, Long> readableBeyond = new HashMap<>();
    private long unreadable;

    /** @param timeout of one trial */
    CorruptRecordSearch(RangeConsumer consumer, Duration timeout) {
        this.consumer = consumer;
        this.timeout = timeout;
    }

    /** There are too many damaged records in a row, or in all. */
    static final class TooManyException extends RuntimeException {}

    boolean wasFoundIn(RangeProgress range) {
        return readableBeyond.containsKey(range);
    }

    /**
     * The end of the damage that begins at an offset; the offset itself if it can be read now. Behind it there may be
     * more damage.
     *
     * @throws TooManyException if nothing can be read behind it, so that the records are not the cause
     */
    long endOf(RangeProgress range, long first) {
        Optional<Throwable> damage = consumer.damageAt(range, first, timeout);
        if (damage.isEmpty()) {
            return first;
        }
        requireReadableBeyond(range, first);
        long end = endOf(range, first, damage.get());
        unreadable += end - first;
        return end;
    }

    /**
     * Searches by doubling the step and then halving it. Between two damaged record batches there may be good ones, so
     * only offsets of the same batch are passed together.
     */
    private long endOf(RangeProgress range, long first, Throwable damage) {
        long until = range.range().until();
        long bad = first;
        long other = until;
        for (long step = 1; first + step < until && other == until; step *= 2) {
            if (isSameDamage(range, first, first + step, damage)) {
                bad = first + step;
            } else {
                other = first + step;
            }
        }
        while (other - bad > 1) {
            long middle = bad + (other - bad) / 2;
            if (isSameDamage(range, first, middle, damage)) {
                bad = middle;
            } else {
                other = middle;
            }
        }
        return other;
    }

    private boolean isSameDamage(RangeProgress range, long first, long offset, Throwable damage) {
        if (damage instanceof OutOfMemoryError) {
            // The client reads a batch from its beginning and finds no record behind one that is too large.
            return consumer.damageAt(range, offset, timeout).isPresent();
        }
        OptionalLong batch = KafkaErrors.damagedBatch(damage);
        return batch.isPresent()
                && batch.getAsLong() <= first
                && consumer.damageAt(range, offset, timeout)
                        .map(KafkaErrors::damagedBatch)
                        .filter(batch::equals)
                        .isPresent();
    }

    private void requireReadableBeyond(RangeProgress range, long first) {
        if (readableBeyond.getOrDefault(range, -1L) > first) {
            return;
        }
        long until = range.range().until();
        long offset = first + 1;
        for (long step = 1;
                offset < until && consumer.damageAt(range, offset, timeout).isPresent();
                step *= 2) {
            if (unreadable + step > MAX_UNREADABLE_RECORDS) {
                throw new TooManyException();
            }
            offset = first + 2 * step;
        }
        readableBeyond.put(range, Math.min(offset, until));
    }
}
