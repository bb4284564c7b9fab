package io.tributary.ingest.read;

import io.tributary.ingest.discovery.KafkaErrors;
import io.tributary.ingest.format.RegistryUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/**
 * Fetches the records of a task's ranges. A failure affects only what causes it:
 *
 * <pre>
 *  a damaged record ─────────────► that record alone; the ranges are read one by one to find it
 *  memory is not enough ─────────► the same, record by record; one that does not fit alone counts as damaged
 *  an offset, a topic rejected ──► that range, or the topic's ranges, end early
 *  the client fails, or stalls ──► all open ranges end early
 *  a schema cannot be had ───────► the ranges of records that need it end before them
 *  time or bytes are used up ────► all open ranges end early, without an error
 * </pre>
 *
 * <p>A range that ends early keeps the records that were read.
 */
final class RecordFetcher {

    private static final String TOO_LARGE = "the value has more than " + (PollBudget.MAX_RECORD_BYTES >> 20) + " MiB";

    /**
     * A record of a range.
     *
     * @param record null if it cannot be read
     * @param error why it cannot be read; null if it can
     */
    record Fetched(RangeProgress range, long offset, ConsumerRecord<byte[], byte[]> record, String error) {}

    private record Cut(long offset, String error) {}

    private final RangeConsumer consumer;
    private final ReadLimits limits;
    private final RecordPreparation preparation;
    private final LongSupplier nanoTime;
    private final Map<TopicPartition, RangeProgress> ranges = new HashMap<>();
    private final CorruptRecordSearch damage;
    private boolean oneByOne;
    private boolean isShortOfMemory;
    private boolean isBroken;
    private long waitedNanos;
    private long stalledNanos;
    private long bytes;
    private boolean hasProgressed;

    RecordFetcher(
            RangeConsumer consumer,
            Collection<RangeProgress> progress,
            ReadLimits limits,
            RecordPreparation preparation,
            LongSupplier nanoTime) {
        this.consumer = consumer;
        this.limits = limits;
        this.preparation = preparation;
        this.nanoTime = nanoTime;
        this.damage = new CorruptRecordSearch(consumer, limits.stallTimeout());
        progress.stream().filter(RangeProgress::isOpen).forEach(range -> ranges.put(range.partition(), range));
        assign();
    }

    /** The next records, in order within each range; empty once every range has ended. */
    List<Fetched> fetch() {
        while (!open().isEmpty()) {
            List<Fetched> fetched = timed();
            endIfOverdue();
            if (!fetched.isEmpty()) {
                return fetched;
            }
        }
        return List.of();
    }

    /** How long the fetcher has waited for Kafka. */
    Duration waited() {
        return Duration.ofNanos(waitedNanos);
    }

    /** Whether the consumer can be reused. */
    boolean isHealthy() {
        return !isBroken && !oneByOne;
    }

    private List<RangeProgress> open() {
        return ranges.values().stream().filter(RangeProgress::isOpen).toList();
    }

    private void assign() {
        List<RangeProgress> open = open();
        if (!open.isEmpty()) {
            consumer.assign(open);
        }
    }

    private List<Fetched> timed() {
        long begin = nanoTime.getAsLong();
        long before = positions();
        List<Fetched> fetched = poll();
        long took = nanoTime.getAsLong() - begin;
        waitedNanos += took;
        hasProgressed |= positions() != before;
        stalledNanos = positions() == before ? stalledNanos + took : 0;
        return fetched;
    }

    private long positions() {
        return ranges.values().stream().mapToLong(RangeProgress::position).sum();
    }

    private List<Fetched> poll() {
        List<RangeProgress> open = oneByOne ? List.of(nextAlone()) : open();
        try {
            if (oneByOne) {
                open().forEach(consumer::pause);
                consumer.resume(open.get(0));
            }
            return prepared(consumer.poll(open));
        } catch (InvalidOffsetException e) {
            close(e.partitions(), e);
        } catch (TopicAuthorizationException e) {
            close(
                    ranges.keySet().stream()
                            .filter(partition -> e.unauthorizedTopics().contains(partition.topic()))
                            .toList(),
                    e);
        } catch (RuntimeException e) {
            if (KafkaErrors.isOfTask(e)) {
                throw e;
            }
            if (KafkaErrors.isOfRecord(e)) {
                return oneByOne ? unreadable(open.get(0), e) : readOneByOne();
            }
            fail(open(), e);
        } catch (OutOfMemoryError e) {
            return isShortOfMemory ? unreadableForMemory(open.get(0), e) : readRecordByRecord(e);
        } catch (LinkageError e) { // A codec that is not on the class path, for example.
            fail(open(), e);
        }
        return List.of();
    }

    /** A range with damage comes after the others, since finding the damage takes time. */
    private RangeProgress nextAlone() {
        List<RangeProgress> open = open();
        return open.stream()
                .filter(range -> !damage.wasFoundIn(range))
                .findFirst()
                .orElse(open.get(0));
    }

    /** Where a schema cannot be had now, the range ends before the record. */
    private List<Fetched> prepared(List<ConsumerRecord<byte[], byte[]>> records) {
        List<Fetched> prepared = new ArrayList<>(records.size());
        Map<RangeProgress, Cut> cuts = new HashMap<>();
        Map<RangeProgress, Long> dropped = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            RangeProgress range = ranges.get(new TopicPartition(record.topic(), record.partition()));
            if (!cuts.containsKey(range)) {
                try {
                    preparation.prepare(record);
                    prepared.add(fetched(range, record));
                    continue;
                } catch (RuntimeException | LinkageError | StackOverflowError | OutOfMemoryError e) {
                    // The ranges have passed these records, so no failure may leave here without a cut.
                    cuts.put(range, new Cut(record.offset(), why(e)));
                }
            }
            dropped.merge(range, 1L, Long::sum);
        }
        if (!cuts.isEmpty()) {
            cuts.forEach((range, cut) -> range.closeBefore(cut.offset(), dropped.get(range), cut.error()));
            assign();
        }
        return prepared;
    }

    private static String why(Throwable failure) {
        return failure instanceof RegistryUnavailableException
                ? failure.getMessage()
                : "its schema could not be prepared: " + KafkaErrors.describe(failure);
    }

    private Fetched fetched(RangeProgress range, ConsumerRecord<byte[], byte[]> record) {
        if (PollBudget.isTooLarge(record.value())) {
            return new Fetched(range, record.offset(), null, TOO_LARGE);
        }
        bytes += RecordContent.bytes(record);
        return new Fetched(range, record.offset(), record, null);
    }

    private List<Fetched> readOneByOne() {
        oneByOne = true;
        assign();
        return List.of();
    }

    private List<Fetched> readRecordByRecord(OutOfMemoryError failure) {
        isShortOfMemory = true;
        oneByOne = true;
        try {
            consumer.reopenForSingleRecords();
            assign();
        } catch (RuntimeException | OutOfMemoryError e) {
            fail(open(), failure);
        }
        return List.of();
    }

    /**
     * A record is the cause only if its broker answers other requests, and if there is memory left for any record of
     * the largest size. What answers in another protocol than Kafka's, or other tasks, can use up the memory as well.
     */
    private List<Fetched> unreadableForMemory(RangeProgress range, OutOfMemoryError failure) {
        try {
            consumer.requireAnswer(range, limits.stallTimeout());
            Runtime memory = Runtime.getRuntime();
            if (memory.maxMemory() - memory.totalMemory() + memory.freeMemory() > PollBudget.MAX_RECORD_BYTES) {
                return unreadable(range, failure);
            }
            fail(List.of(range), failure);
        } catch (KafkaException | OutOfMemoryError e) {
            if (e instanceof KafkaException ofClient && KafkaErrors.isOfTask(ofClient)) {
                throw ofClient;
            }
            fail(open(), e);
        }
        return List.of();
    }

    /** Passes the records that are damaged with the next one, so that the next poll begins at the first other one. */
    private List<Fetched> unreadable(RangeProgress range, Throwable failure) {
        try {
            long first = consumer.position(range);
            long next = damage.endOf(range, first);
            consumer.seek(range, next);
            List<Fetched> skipped = new ArrayList<>();
            for (long offset = first; offset < next; offset++) {
                range.skip();
                skipped.add(new Fetched(range, offset, null, KafkaErrors.describe(failure)));
            }
            return skipped;
        } catch (KafkaException | CorruptRecordSearch.TooManyException e) {
            if (e instanceof KafkaException ofClient && KafkaErrors.isOfTask(ofClient)) {
                throw e;
            }
            fail(List.of(range), e instanceof CorruptRecordSearch.TooManyException ? failure : e);
            return List.of();
        }
    }

    private void close(Collection<TopicPartition> partitions, RuntimeException failure) {
        isBroken = true;
        List<RangeProgress> rejected = ranges.values().stream()
                .filter(range -> range.isOpen() && partitions.contains(range.partition()))
                .toList();
        if (rejected.isEmpty()) {
            fail(open(), failure);
            return;
        }
        rejected.forEach(range -> range.close(KafkaErrors.describe(failure)));
        assign();
    }

    private void fail(Collection<RangeProgress> failed, Throwable failure) {
        isBroken = true;
        failed.forEach(range -> range.close(KafkaErrors.describe(failure)));
        assign();
    }

    private void endIfOverdue() {
        boolean isStalled = stalledNanos > limits.stallTimeout().toNanos();
        boolean isTimeOver = hasProgressed && waitedNanos > limits.timeout().toNanos();
        if (!isStalled && !isTimeOver && bytes <= limits.maxBytes()) {
            return;
        }
        // A slow data center delivers some partitions before others. If others ended and this one delivered nothing, it
        // is in trouble.
        boolean isSlow = !isStalled || open().stream().anyMatch(range -> !range.isUntouched());
        String error =
                isSlow ? null : "no record came within " + limits.stallTimeout().toSeconds() + " s";
        isBroken |= isStalled && !isSlow;
        open().forEach(range -> range.close(error));
    }
}
