package io.tributary.lab.chaos;

import io.tributary.lab.run.CommitTracker;
import io.tributary.offsets.TopicName;
import io.tributary.offsets.TopicPartitionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How long the pipeline takes to get over each fault.
 *
 * <p>A fault is recovered from when everything is visible again that lay in Kafka when its cause was gone: every active data
 * center is read, with nothing left out, up to where its partitions ended at that moment, and an answer has come to a
 * question about the view that was put after the commit which did that. What is on time is in that answer; what is late
 * comes with the next merge. The time counts from the beginning of the fault.
 */
final class RecoveryTimes {

    private final List<Open> open = new ArrayList<>();
    private final List<Recovery> over = new ArrayList<>();

    /** A fault that was recovered from. */
    record Recovery(Fault fault, Duration time) {}

    private static final class Open {

        private final Fault fault;
        private final long beganNanos;
        private final Map<TopicPartitionId, Long> ends;
        private Optional<Long> readNanos = Optional.empty();

        Open(Fault fault, long beganNanos, Map<TopicPartitionId, Long> ends) {
            this.fault = fault;
            this.beganNanos = beganNanos;
            this.ends = new TreeMap<>(ends);
        }
    }

    /**
     * Begins to wait for the pipeline to get over a fault whose cause is gone.
     *
     * @param beganNanos when the fault began
     * @param ends where the partitions of the active data centers end now
     */
    synchronized void await(Fault fault, long beganNanos, Map<TopicPartitionId, Long> ends) {
        open.add(new Open(fault, beganNanos, ends));
    }

    /**
     * Takes note of where the pipeline stands.
     *
     * @param askedNanos when the newest question that is answered was put
     * @return what it has recovered from by now and had not before
     */
    synchronized List<Recovery> look(CommitTracker.Standing standing, long askedNanos, long nowNanos) {
        List<Recovery> now = new ArrayList<>();
        for (Open one : List.copyOf(open)) {
            if (one.readNanos.isEmpty() && standing.isRead(one.ends)) {
                one.readNanos = Optional.of(nowNanos);
            }
            if (one.readNanos.filter(read -> askedNanos - read > 0).isPresent()) {
                open.remove(one);
                now.add(new Recovery(one.fault, Duration.ofNanos(nowNanos - one.beganNanos)));
            }
        }
        over.addAll(now);
        return now;
    }

    /** Waits no more for what a topic held that is not there any more. */
    synchronized void forget(TopicName topic) {
        open.forEach(one ->
                one.ends.keySet().removeIf(partition -> TopicName.of(partition).equals(topic)));
    }

    synchronized boolean isOver(Fault fault) {
        return over.stream().anyMatch(recovery -> recovery.fault().equals(fault));
    }

    synchronized List<Recovery> over() {
        return List.copyOf(over);
    }

    /** What the pipeline has not recovered from yet. */
    synchronized List<Fault> open() {
        return open.stream().map(one -> one.fault).toList();
    }
}
