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
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * One consumer of one data center, which reads ranges side by side. Records beyond a range's end are kept for the next
 * range of the partition.
 */
final class RangeConsumer implements AutoCloseable {

    static final Duration POLL_TIMEOUT = Duration.ofMillis(200);

    private final ConsumerOptions options;
    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Ahead> ahead = new HashMap<>();

    /** Records that were fetched beyond a range, and the offset up to which the partition was read. */
    private record Ahead(long position, Deque<ConsumerRecord<byte[], byte[]>> records) {}

    RangeConsumer(ConsumerOptions options, Consumer<byte[], byte[]> consumer) {
        this.options = options;
        this.consumer = consumer;
    }

    static RangeConsumer open(ConsumerOptions options) {
        return new RangeConsumer(
                options,
                new KafkaConsumer<>(options.toMap(), new ByteArrayDeserializer(), new ByteArrayDeserializer()));
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
     */
    List<ConsumerRecord<byte[], byte[]>> poll(Collection<RangeProgress> open) {
        List<ConsumerRecord<byte[], byte[]>> taken = new ArrayList<>();
        for (RangeProgress range : open) {
            takeAhead(range, taken);
        }
        if (taken.isEmpty()) {
            ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL_TIMEOUT);
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

    /**
     * Tests whether records can be read from an offset on. The other ranges are paused, and the position is undefined
     * afterwards.
     *
     * @throws TimeoutException if neither a record nor an error came in time
     */
    boolean isReadableFrom(RangeProgress range, long offset, Duration timeout) {
        seek(range, offset);
        long end = System.nanoTime() + timeout.toNanos();
        while (System.nanoTime() < end) {
            try {
                if (!consumer.poll(POLL_TIMEOUT).isEmpty() || consumer.position(range.partition(), timeout) > offset) {
                    return true;
                }
            } catch (KafkaException e) {
                if (KafkaErrors.isOfRecord(e)) {
                    return false;
                }
                throw e;
            }
        }
        throw new TimeoutException("no record and no error within " + timeout.toMillis() + " ms");
    }

    @Override
    public void close() {
        consumer.close(Duration.ZERO);
    }
}
