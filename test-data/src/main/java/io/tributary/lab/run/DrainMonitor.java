package io.tributary.lab.run;

import io.tributary.offsets.TopicPartitionId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Notices when everything that was sent is read and merged, and when nothing has gone on for too long. */
public final class DrainMonitor {

    private final Duration stallTimeout;
    private final StallDetector stallDetector;
    private final Supplier<Map<TopicPartitionId, Long>> ends;
    private final Supplier<Orders> orders;
    private final Path logs;
    private Optional<Map<TopicPartitionId, Long>> end = Optional.empty();

    /**
     * @param stallTimeout how long the pipeline may stand still once everything is sent
     * @param ends asks the clusters where each partition ends; asked once, when everything is sent
     * @param orders what operators want to be read and done; asked at each look from then on
     * @param logs where the jobs' logs are, for the message
     */
    DrainMonitor(
            Duration stallTimeout, Supplier<Map<TopicPartitionId, Long>> ends, Supplier<Orders> orders, Path logs) {
        this.stallTimeout = stallTimeout;
        this.stallDetector = new StallDetector(stallTimeout);
        this.ends = ends;
        this.orders = orders;
        this.logs = logs;
    }

    /** Whether everything was sent when this was last asked. */
    public boolean isAllSent() {
        return end.isPresent();
    }

    /**
     * Looks once.
     *
     * @param isAllSent whether every load has ended
     * @param isRecovered whether the pipeline has recovered from every fault
     * @return empty while the pipeline is at work; else what is in the way of its end, nothing if it is done
     */
    public Optional<List<String>> check(CommitTracker.Standing standing, boolean isAllSent, boolean isRecovered) {
        if (end.isEmpty() && isAllSent) {
            end = Optional.of(ends.get());
        }
        if (end.isEmpty()) {
            return Optional.empty();
        }
        Orders now = orders.get();
        if (standing.isDone(now.readers().toBeRead(end.get()))
                && now.areCarriedOut(standing.readProgress())
                && isRecovered) {
            return Optional.of(List.of());
        }
        return stallDetector.isTooLong(standing, System.nanoTime())
                ? Optional.of(List.of("Everything is sent, but nothing has been read, merged or erased for "
                        + stallTimeout.toMinutes() + " minutes. The jobs' logs are in " + logs))
                : Optional.empty();
    }
}
