package io.tributary.operations.status;

import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.status.StreamStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * How the streaming job does.
 *
 * @param running whether it runs, as far as that can be told
 * @param batch number of the newest batch
 * @param committed when that was committed
 * @param took from its planning to its commit
 * @param interval between two triggers
 * @param lastSign when the job last committed a batch or wrote its status
 * @param isFileUsable whether the data-centers file could be used
 */
public record StreamReport(
        Running running,
        OptionalLong batch,
        Optional<Instant> committed,
        Optional<Duration> took,
        Optional<Duration> interval,
        Optional<Instant> lastSign,
        Optional<Boolean> isFileUsable) {

    /** Whether the job runs. */
    public enum Running {
        RUNNING,
        /** It said that it ended, or it has given no sign for ten times as long as it should need for one. */
        DOWN,
        /** Nothing was committed for long, and it writes no status: it is down, or nothing arrives. */
        UNKNOWN
    }

    /** So many times the usual interval may pass without a sign of life. */
    private static final int MAX_INTERVALS = 10;

    /** The job writes its status no more often. */
    private static final Duration STATUS_INTERVAL = Duration.ofSeconds(15);

    private static final Duration MIN_TIMEOUT = Duration.ofMinutes(1);

    static StreamReport of(List<BatchMetadata> batches, Optional<StreamStatus> status, Instant now) {
        Optional<BatchMetadata> newest =
                batches.isEmpty() ? Optional.empty() : Optional.of(batches.get(batches.size() - 1));
        Optional<Instant> committed = newest.map(batch -> Instant.ofEpochMilli(batch.committedAt()));
        Optional<Instant> ended = status.flatMap(StreamStatus::endedAt).filter(at -> isNewest(at, committed));
        Optional<Instant> lastSign = ended.or(() -> status.map(StreamStatus::at).filter(at -> isNewest(at, committed)))
                .or(() -> committed);
        return new StreamReport(
                ended.isPresent() ? Running.DOWN : running(batches, status, lastSign, now),
                newest.map(batch -> OptionalLong.of(batch.sequence())).orElse(OptionalLong.empty()),
                committed,
                newest.map(batch -> Duration.ofMillis(batch.committedAt() - batch.plannedAt())),
                status.map(StreamStatus::interval),
                lastSign,
                status.map(StreamStatus::isFileUsable));
    }

    /** Whether batches are committed, of whichever data center. */
    boolean hasCommittedLately(Instant now) {
        Duration limit = max(MIN_TIMEOUT, interval.orElse(Duration.ZERO).multipliedBy(MAX_INTERVALS));
        return committed.filter(at -> at.plus(limit).isAfter(now)).isPresent();
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static boolean isNewest(Instant sign, Optional<Instant> committed) {
        return committed.filter(sign::isBefore).isEmpty();
    }

    private static Running running(
            List<BatchMetadata> batches, Optional<StreamStatus> status, Optional<Instant> lastSign, Instant now) {
        List<BatchMetadata> window =
                batches.subList(Math.max(0, batches.size() - DataCenterState.WINDOW), batches.size());
        long interval;
        if (status.isPresent()) {
            long took = median(window.stream().mapToLong(batch -> batch.committedAt() - batch.plannedAt()));
            interval = Math.max(took, Math.max(status.get().interval().toMillis(), STATUS_INTERVAL.toMillis()));
        } else {
            interval = median(IntStream.range(1, window.size())
                    .mapToLong(
                            i -> window.get(i).committedAt() - window.get(i - 1).committedAt()));
        }
        Duration silence = lastSign.map(sign -> Duration.between(sign, now)).orElse(Duration.ofMillis(Long.MAX_VALUE));
        Duration timeout = Duration.ofMillis(Math.max(MIN_TIMEOUT.toMillis(), MAX_INTERVALS * interval));
        if (silence.compareTo(timeout) <= 0) {
            return Running.RUNNING;
        }
        return status.isPresent() ? Running.DOWN : Running.UNKNOWN;
    }

    /** 0 if there are none. */
    static long median(LongStream values) {
        long[] sorted = values.sorted().toArray();
        return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    }
}
