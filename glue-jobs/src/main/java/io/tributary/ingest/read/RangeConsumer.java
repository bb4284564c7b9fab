package io.tributary.ingest.read;

import io.tributary.ingest.discovery.KafkaErrors;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * One consumer of one data center, which reads ranges side by side. Records beyond a range's end are kept for the next
 * range of the partition.
 */
final class RangeConsumer implements AutoCloseable {

    static final Duration POLL_TIMEOUT = Duration.ofMillis(200);

    private final ConsumerOptions options;
    private final BiFunction<ConsumerOptions, PollBudget, Consumer<byte[], byte[]>> open;
    private final PollBudget budget = new PollBudget();
    private final Map<TopicPartition, Ahead> ahead = new HashMap<>();
    private Consumer<byte[], byte[]> consumer;

    /** Records that were fetched beyond a range, and the offset up to which the partition was read. */
    private record Ahead(long position, Deque<ConsumerRecord<byte[], byte[]>> records) {}

    RangeConsumer(ConsumerOptions options, BiFunction<ConsumerOptions, PollBudget, Consumer<byte[], byte[]>> open) {
        this.options = options;
        this.open = open;
        this.consumer = open.apply(options, budget);
    }

    static RangeConsumer open(ConsumerOptions options) {
        return new RangeConsumer(
                options, (own, budget) -> new KafkaConsumer<>(own.toMap(), budget.keys(), budget.values()));
    }

    /** Replaces the client, whose state is unknown after an error, by one whose polls return one record each. */
    void reopenForSingleRecords() {
        ahead.clear();
        consumer.close(Duration.ZERO);
        consumer = open.apply(options.forSingleRecords(), budget);
    }

    ConsumerOptions options() {
        return options;
    }

    /** Assigns these ranges. Seeks only if the consumer's position is another one. */
    void assign(Collection<RangeProgress> ranges) {
        List<TopicPartition> partitions =
                ranges.stream().map(RangeProgress::partition).toList();
        consumer.assign(partitions);
        consumer.resume(consumer.paused().stream().filter(partitions::contains).toList());
        ahead.keySet().retainAll(partitions);
        for (RangeProgress range : ranges) {
            Ahead own = ahead.get(range.partition());
            if (own == null || own.position() != range.position()) {
                seek(range, range.position());
            }
        }
    }

    /** Continues at an offset of a range. By the leader epoch the client checks that the log was not truncated. */
    void seek(RangeProgress range, long offset) {
        ahead.remove(range.partition());
        Optional<Integer> epoch =
                range.isUntouched() && range.leaderEpoch() >= 0 ? Optional.of(range.leaderEpoch()) : Optional.empty();
        consumer.seek(range.partition(), new OffsetAndMetadata(offset, epoch, ""));
    }

    /** Pauses the range. */
    void pause(RangeProgress range) {
        consumer.pause(List.of(range.partition()));
    }

    void resume(RangeProgress range) {
        consumer.resume(List.of(range.partition()));
    }

    /**
     * Polls the next records of the open ranges, in order within each range. Advances every range past them and past
     * offsets without a record. Pauses ranges that are read to their end.
     *
     * @throws OtherClusterException if the client has reached another cluster than a range was planned for
     */
    List<ConsumerRecord<byte[], byte[]>> poll(Collection<RangeProgress> open) {
        List<ConsumerRecord<byte[], byte[]>> taken = new ArrayList<>();
        requireCluster(open);
        for (RangeProgress range : open) {
            takeAhead(range, taken);
        }
        if (taken.isEmpty()) {
            ConsumerRecords<byte[], byte[]> polled = pollWithinBudget();
            requireCluster(open);
            for (RangeProgress range : open) {
                Deque<ConsumerRecord<byte[], byte[]>> beyond = new ArrayDeque<>();
                for (ConsumerRecord<byte[], byte[]> record : polled.records(range.partition())) {
                    if (record.offset() < range.range().until()) {
                        range.take(record);
                        taken.add(record);
                    } else {
                        beyond.add(record);
                    }
                }
                range.advance(beyond.isEmpty() ? position(range) : Long.MAX_VALUE);
                note(range, beyond);
            }
        }
        open.stream().filter(range -> !range.isOpen()).forEach(this::pause);
        return taken;
    }

    /** Each client of a data center finds its cluster by itself, and servers of two may be listed. */
    private void requireCluster(Collection<RangeProgress> open) {
        budget.cluster().ifPresent(reached -> open.stream()
                .flatMap(range -> range.cluster().stream())
                .filter(planned -> !planned.equals(reached))
                .findFirst()
                .ifPresent(planned -> {
                    throw new OtherClusterException(planned, reached);
                }));
    }

    private void takeAhead(RangeProgress range, List<ConsumerRecord<byte[], byte[]>> taken) {
        Ahead own = ahead.get(range.partition());
        if (own == null || own.records().isEmpty()) {
            return;
        }
        Deque<ConsumerRecord<byte[], byte[]>> records = own.records();
        while (!records.isEmpty() && records.peek().offset() < range.range().until()) {
            range.take(records.peek());
            taken.add(records.poll());
        }
        range.advance(records.isEmpty() ? position(range) : Long.MAX_VALUE);
        note(range, records);
    }

    /** Where the next range of the partition must begin so that no seek is needed. */
    private void note(RangeProgress range, Deque<ConsumerRecord<byte[], byte[]>> beyond) {
        ahead.put(range.partition(), new Ahead(range.position(), beyond));
    }

    /**
     * The offset that the client reads next in the range's partition; the range's own if the client does not know. An
     * error of this call is ignored, since the next poll reports it again, and throwing here would lose the records of
     * this poll.
     */
    long position(RangeProgress range) {
        try {
            return consumer.position(range.partition(), Duration.ZERO);
        } catch (KafkaException e) {
            if (KafkaErrors.isOfTask(e)) {
                throw e;
            }
            return range.position();
        }
    }

    private ConsumerRecords<byte[], byte[]> pollWithinBudget() {
        budget.begin();
        return consumer.poll(POLL_TIMEOUT);
    }

    /**
     * Tests whether records can be read from an offset on. The other ranges are paused, and the position is undefined
     * afterwards.
     *
     * @return why not; empty if they can be read
     * @throws TimeoutException if neither a record nor an error came in time
     */
    Optional<Throwable> damageAt(RangeProgress range, long offset, Duration timeout) {
        seek(range, offset);
        long end = System.nanoTime() + timeout.toNanos();
        while (System.nanoTime() < end) {
            try {
                if (!pollWithinBudget().isEmpty() || consumer.position(range.partition(), timeout) > offset) {
                    return Optional.empty();
                }
            } catch (KafkaException e) {
                if (KafkaErrors.isOfRecord(e)) {
                    return Optional.of(e);
                }
                throw e;
            } catch (OutOfMemoryError e) {
                return Optional.of(e);
            }
        }
        throw new TimeoutException("no record and no error within " + timeout.toMillis() + " ms");
    }

    /**
     * Asks the broker that leads the range's partition for an offset, which needs next to no memory.
     *
     * @throws KafkaException if it does not answer
     */
    void requireAnswer(RangeProgress range, Duration timeout) {
        consumer.endOffsets(List.of(range.partition()), timeout);
    }

    @Override
    public void close() {
        consumer.close(Duration.ZERO);
    }
}
