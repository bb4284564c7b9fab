package io.tributary.ingest.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Since when the next record to read of one partition lies in Kafka, at the earliest. Kafka cannot be asked for the time
 * of an offset. But what lies beyond the end that the log had at a trigger came after that trigger, and after what was read
 * before it. Not thread-safe.
 */
final class OldestUnread {

    /** Beyond it every other one is forgotten, which makes the time earlier than it is and never later. */
    private static final int MAX_SAMPLES = 128;

    private static final Duration MIN_RATE_WINDOW = Duration.ofMinutes(1);
    private static final Duration RATE_WINDOW = Duration.ofMinutes(10);

    /** Where the log ended at a time. */
    private record Sample(Instant at, long end) {}

    private final Deque<Sample> samples = new ArrayDeque<>();
    private Duration spacing = Duration.ZERO;
    private long lastEnd;
    private Optional<Instant> read = Optional.empty();
    private Optional<Sample> rateFrom = Optional.empty();
    private Optional<Sample> nextRateFrom = Optional.empty();

    /** @param appended when the newest records that were read were appended */
    void read(Instant appended) {
        read = read.filter(appended::isBefore).or(() -> Optional.of(appended));
    }

    /**
     * At a trigger.
     *
     * @param next the offset of the next record to read
     * @param end of the log
     * @param hasPending whether later records were read before it
     * @return at the earliest; the trigger's time if nothing is unread, empty if it is not known
     */
    Optional<Instant> at(Instant now, long next, long end, boolean hasPending) {
        if (lastEnd > end) {
            // The log is another one, or was cut.
            samples.clear();
            read = Optional.empty();
            rateFrom = Optional.empty();
            nextRateFrom = Optional.empty();
        }
        lastEnd = end;
        rate(now, end);
        if (next >= end) {
            samples.clear();
        }
        if (samples.isEmpty()) {
            spacing = Duration.ZERO;
        }
        if (samples.isEmpty() || Duration.between(samples.getLast().at(), now).compareTo(spacing) >= 0) {
            samples.addLast(new Sample(now, end));
        }
        while (second().filter(sample -> sample.end() <= next).isPresent()) {
            samples.removeFirst();
        }
        thinOut();
        Optional<Instant> seen = Optional.of(samples.getFirst())
                .filter(sample -> sample.end() <= next)
                .map(Sample::at);
        // A clock of a producer may be ahead.
        Optional<Instant> after = hasPending ? Optional.empty() : read.map(time -> time.isAfter(now) ? now : time);
        return seen.filter(time -> after.filter(time::isBefore).isEmpty()).or(() -> after);
    }

    /** Offsets that are appended in a second; empty if it is watched too short a time. */
    OptionalDouble rate(Instant now) {
        return rateFrom.or(() -> nextRateFrom)
                .filter(from -> Duration.between(from.at(), now).compareTo(MIN_RATE_WINDOW) >= 0)
                .map(from -> OptionalDouble.of(1000.0
                        * (lastEnd - from.end())
                        / Duration.between(from.at(), now).toMillis()))
                .orElse(OptionalDouble.empty());
    }

    private void rate(Instant now, long end) {
        if (nextRateFrom
                .filter(from -> Duration.between(from.at(), now).compareTo(RATE_WINDOW) < 0)
                .isEmpty()) {
            rateFrom = nextRateFrom;
            nextRateFrom = Optional.of(new Sample(now, end));
        }
    }

    private Optional<Sample> second() {
        return samples.stream().skip(1).findFirst();
    }

    private void thinOut() {
        if (samples.size() <= MAX_SAMPLES) {
            return;
        }
        spacing = Duration.between(samples.getFirst().at(), samples.getLast().at())
                .multipliedBy(2)
                .dividedBy(MAX_SAMPLES);
        List<Sample> all = List.copyOf(samples);
        samples.clear();
        for (int i = 0; i < all.size(); i += 2) {
            samples.addLast(all.get(i));
        }
    }
}
