package io.tributary.lab.fuzz;

import io.tributary.lab.fuzz.HostileRecord.Codec;
import io.tributary.lab.fuzz.Oracle.Answer;
import io.tributary.lab.load.Pace;
import io.tributary.lab.truth.Coordinates;
import io.tributary.lab.truth.SentRecord;
import io.tributary.lab.truth.SentRecord.Kind;
import io.tributary.lab.truth.TruthWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Sends a corpus through one data center, and writes down what must come of each record that is committed. Of what is
 * aborted nothing may ever show.
 */
public final class HostileSender implements AutoCloseable {

    private static final double NANOS_PER_SECOND = 1e9;

    private final String dataCenter;
    private final String topic;
    private final String topicId;
    private final HostileProducers producers;
    private final Oracle oracle;
    private final TruthWriter truth;
    private final Clock clock;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final Map<Codec, KafkaProducer<byte[], byte[]>> transactional = new TreeMap<>();

    /**
     * @param servers of the data center
     * @param topicId of the topic that is there now, and stays until all is sent
     * @param oracle the same one for all that is ever sent to a lake
     */
    public HostileSender(
            String dataCenter,
            String servers,
            String topic,
            String topicId,
            Oracle oracle,
            TruthWriter truth,
            Clock clock) {
        this.dataCenter = dataCenter;
        this.topic = topic;
        this.topicId = topicId;
        this.producers = new HostileProducers(servers);
        this.oracle = oracle;
        this.truth = truth;
        this.clock = clock;
    }

    private record Attempt(Future<RecordMetadata> sent, Answer answer) {}

    /**
     * Sends records of the corpus that {@code seed} makes, and returns when all are acknowledged.
     *
     * @param first the number of the first one; the ids of an event come from its number
     */
    public void run(long seed, long first, long count, int rate, BooleanSupplier goOn) {
        producers.prepare(topic);
        Corpus corpus = new Corpus(seed, clock.instant());
        Pace pace = Pace.realTime();
        pace.start();
        long number = first;
        while (number < first + count && pace.awaitDue((long) ((number - first) * (NANOS_PER_SECOND / rate)), goOn)) {
            int length = HostileTransaction.length(seed, number).orElse(0);
            if (length == 0) {
                sendAlone(corpus.record(number));
                number++;
            } else {
                long from = number;
                number = Math.min(first + count, number + length);
                sendTogether(HostileTransaction.of(seed, from), corpus, from, number);
            }
        }
        producers.flush();
        truth.flush();
        throwIfFailed();
    }

    private void sendAlone(HostileRecord record) {
        throwIfFailed();
        Answer answer = oracle.answer(record.value(), dataCenter, clock.instant());
        if (answer instanceof Answer.Unsettled) {
            return;
        }
        // The callback sees every outcome, so the future has nothing to add.
        var unused = producers.plain(record.codec()).send(toKafka(record, record.value()), (metadata, e) -> {
            if (e == null) {
                writeDown(metadata, answer);
            } else {
                failure.compareAndSet(null, e);
            }
        });
    }

    private void sendTogether(HostileTransaction how, Corpus corpus, long from, long until) {
        List<HostileRecord> records = new ArrayList<>();
        for (long number = from; number < until; number++) {
            records.add(corpus.record(number));
        }
        Codec codec = records.get(0).codec();
        KafkaProducer<byte[], byte[]> producer = transactional.computeIfAbsent(codec, this::begin);
        switch (how) {
            case COMMITTED -> commit(producer, records);
            case ABORTED -> abort(producer, records);
            case ABORTED_THEN_COMMITTED -> {
                abort(producer, records);
                commit(producer, records);
            }
            case LEFT_OPEN -> {
                producer.beginTransaction();
                List<Attempt> ignored = send(producer, records, true);
                producer.flush();
                transactional.put(codec, begin(codec));
                producer.close(Duration.ZERO);
            }
        }
    }

    private KafkaProducer<byte[], byte[]> begin(Codec codec) {
        return producers.transactional("hostile-" + codec.option(), codec);
    }

    private void commit(KafkaProducer<byte[], byte[]> producer, List<HostileRecord> records) {
        producer.beginTransaction();
        List<Attempt> attempts = send(producer, records, false);
        producer.commitTransaction();
        attempts.forEach(attempt -> writeDown(metadata(attempt.sent()), attempt.answer()));
    }

    private void abort(KafkaProducer<byte[], byte[]> producer, List<HostileRecord> records) {
        producer.beginTransaction();
        List<Attempt> ignored = send(producer, records, true);
        producer.flush();
        producer.abortTransaction();
    }

    private List<Attempt> send(KafkaProducer<byte[], byte[]> producer, List<HostileRecord> records, boolean isAborted) {
        List<Attempt> attempts = new ArrayList<>();
        for (HostileRecord record : records) {
            Answer answer = oracle.answer(record.value(), dataCenter, clock.instant());
            if (!(answer instanceof Answer.Unsettled)) {
                Optional<byte[]> value = isAborted ? marked(record.value()) : record.value();
                attempts.add(new Attempt(producer.send(toKafka(record, value)), answer));
            }
        }
        return attempts;
    }

    /** A space before an object, so that a copy which must not show differs from one that must. */
    private static Optional<byte[]> marked(Optional<byte[]> value) {
        return value.filter(bytes -> bytes.length > 0 && bytes[0] == '{')
                .map(HostileSender::withSpaceBefore)
                .or(() -> value);
    }

    private static byte[] withSpaceBefore(byte[] bytes) {
        byte[] marked = new byte[bytes.length + 1];
        marked[0] = ' ';
        System.arraycopy(bytes, 0, marked, 1, bytes.length);
        return marked;
    }

    private ProducerRecord<byte[], byte[]> toKafka(HostileRecord record, Optional<byte[]> value) {
        Long timestamp =
                record.timestamp().isPresent() ? (Long) record.timestamp().getAsLong() : null;
        return new ProducerRecord<>(
                topic, null, timestamp, record.key().orElse(null), value.orElse(null), record.headers());
    }

    private void writeDown(RecordMetadata metadata, Answer answer) {
        Coordinates at =
                new Coordinates(dataCenter, metadata.topic(), topicId, metadata.partition(), metadata.offset());
        try {
            truth.append(
                    answer instanceof Answer.Event event
                            ? SentRecord.event(Kind.EVENT, at, event.event())
                            : SentRecord.malformed(at));
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
        }
    }

    private static RecordMetadata metadata(Future<RecordMetadata> sent) {
        try {
            return sent.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("A record of a committed transaction was not taken", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while records were sent", e);
        }
    }

    private void throwIfFailed() {
        Exception e = failure.get();
        if (e != null) {
            throw new IllegalStateException("A hostile record could not be sent or not be written down", e);
        }
    }

    @Override
    public void close() {
        transactional.values().forEach(producer -> producer.close(Duration.ZERO));
        producers.close();
    }
}
