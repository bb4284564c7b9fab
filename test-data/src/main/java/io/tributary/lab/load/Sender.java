package io.tributary.lab.load;

import io.tributary.lab.truth.Coordinates;
import io.tributary.lab.truth.SentCounts;
import io.tributary.lab.truth.SentRecord;
import io.tributary.lab.truth.SentRecord.Kind;
import io.tributary.lab.truth.SentRecord.SentEvent;
import io.tributary.lab.truth.TruthWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Sends through one producer per data center, each record exactly once and however long a cluster is away, and writes
 * down what Kafka has acknowledged.
 */
public final class Sender implements AutoCloseable {

    private final String topic;
    private final TruthWriter truth;
    private final Map<String, TopicSender> senders = new LinkedHashMap<>();
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    /** Sends to {@code topic} of each data center's bootstrap servers. */
    public Sender(Map<String, String> bootstrapServers, String topic, TruthWriter truth) {
        this.topic = topic;
        this.truth = truth;
        bootstrapServers.forEach((dataCenter, servers) -> senders.put(
                dataCenter, new TopicSender(dataCenter, servers, topic, truth, e -> failure.compareAndSet(null, e))));
    }

    /** Sends {@code event}'s value; {@code kind} tells whether it is the first of its identity. */
    public void sendEvent(String dataCenter, Kind kind, byte[] value, SentEvent event) {
        send(dataCenter, Optional.of(value), at -> SentRecord.event(kind, at, event));
    }

    /** The same, with the record's own timestamp. */
    public void sendEvent(String dataCenter, Kind kind, byte[] value, SentEvent event, Instant stamped) {
        throwIfFailed();
        senders.get(dataCenter).send(Optional.of(value), Optional.of(stamped), at -> SentRecord.event(kind, at, event));
    }

    /** Sends what the configuration passes over, so that nothing may be seen of it. */
    public void sendPassedOver(String dataCenter, byte[] value) {
        throwIfFailed();
        senders.get(dataCenter).sendUntold(value);
    }

    /** Sends what must be quarantined; without a value, a record whose value is null. */
    public void sendMalformed(String dataCenter, Optional<byte[]> value) {
        send(dataCenter, value, SentRecord::malformed);
    }

    /**
     * Sends what must be quarantined by the rules in force.
     *
     * @param wouldBe what it is by others
     */
    public void sendRefused(String dataCenter, byte[] value, SentEvent wouldBe) {
        send(dataCenter, Optional.of(value), at -> SentRecord.refused(at, wouldBe));
    }

    private void send(String dataCenter, Optional<byte[]> value, Function<Coordinates, SentRecord> ofIt) {
        throwIfFailed();
        senders.get(dataCenter).send(value, ofIt);
    }

    private void throwIfFailed() {
        Exception e = failure.get();
        if (e != null) {
            throw new IllegalStateException(
                    "A record could not be sent to " + topic + " or not be written down, so the truth is not known", e);
        }
    }

    /**
     * Keeps back what is to be sent through a data center, so that its topic can be replaced, and returns when
     * everything that was sent is acknowledged and written down. Does nothing if this does not send through it.
     */
    public void hold(String dataCenter) {
        Optional.ofNullable(senders.get(dataCenter)).ifPresent(TopicSender::hold);
    }

    /** Sends what was kept back to the topic that the data center has now. */
    public void release(String dataCenter) {
        Optional.ofNullable(senders.get(dataCenter)).ifPresent(TopicSender::release);
    }

    /** Keeps back what is to be sent through a data center, as a site does that has no connection. */
    public void silence(String dataCenter) {
        Optional.ofNullable(senders.get(dataCenter)).ifPresent(TopicSender::silence);
    }

    /** Sends what was kept back since {@link #silence}, all at once. */
    public void resume(String dataCenter) {
        Optional.ofNullable(senders.get(dataCenter)).ifPresent(TopicSender::resume);
    }

    /** What each data center has sent and Kafka has acknowledged. */
    public Map<String, SentCounts> counts() {
        Map<String, SentCounts> now = new LinkedHashMap<>();
        senders.forEach((dataCenter, sender) -> now.put(dataCenter, sender.counts()));
        return now;
    }

    /** Waits until everything is acknowledged and written down. */
    public void flush() {
        senders.values().forEach(TopicSender::flush);
        truth.flush();
        throwIfFailed();
    }

    /** Ends the producers; what is not acknowledged by then is given up. */
    @Override
    public void close() {
        senders.values().forEach(TopicSender::close);
        truth.flush();
    }
}
