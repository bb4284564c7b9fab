package io.tributary.operations.datacenter.check;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How much waits in Kafka, how fast more comes, and for how long Kafka keeps it.
 *
 * @param waiting offsets between where reading begins and the end
 * @param from where that is, in words
 * @param perHour offsets that were appended in the last hour
 * @param oldest time of the oldest record that Kafka keeps, of the partition that goes back least; empty if there is none
 * @param oldestUnread time of the oldest record that is still to be read; empty if nothing waits or it is not known
 * @param retention how long Kafka keeps a record, the shortest of all topics; {@link #FOREVER}, or empty if the brokers do
 *     not tell
 * @param rate records a second that the stream reads of it at most
 */
record Backlog(
        long waiting,
        String from,
        long perHour,
        Optional<Instant> oldest,
        Optional<Instant> oldestUnread,
        Optional<Duration> retention,
        long rate) {

    static final Duration FOREVER = Duration.ofDays(365_000);

    private static final Duration SOON = Duration.ofHours(24);

    /** How long it takes until nothing waits; empty if it never does. */
    Optional<Duration> catchUp() {
        double gain = rate - perHour / 3600.0;
        return gain <= 0 ? Optional.empty() : Optional.of(Duration.ofMillis((long) (1000.0 * waiting / gain)));
    }

    /** For how long the oldest record that is to be read is still there. */
    Optional<Duration> left(Instant now) {
        return oldestUnread.flatMap(time ->
                retention.filter(kept -> !kept.equals(FOREVER)).map(kept -> Duration.between(now, time.plus(kept))));
    }

    List<CheckResult> results(Instant now) {
        List<CheckResult> results = new ArrayList<>();
        String kept = retention
                .map(time -> "; Kafka keeps it " + (time.equals(FOREVER) ? "for ever" : Times.words(time)))
                .orElse("");
        results.add(
                oldest.isPresent()
                        ? CheckResult.ok(
                                "retention",
                                "the oldest record is " + Times.words(Duration.between(oldest.get(), now)) + " old"
                                        + kept)
                        : CheckResult.ok("retention", "no records yet" + kept));
        if (retention.isEmpty()) {
            results.add(CheckResult.unknown(
                    "retention",
                    "for how long Kafka keeps a record is not told",
                    "allow DESCRIBE_CONFIGS on the topics, or ask who runs the cluster"));
        }
        long perSecond = Math.round(perHour / 3600.0);
        String arrival = (perHour > 0 && perSecond == 0 ? "less than 1" : Times.count(perSecond))
                + " records/s arrive (last hour)";
        String backlog = Times.count(waiting) + " records wait from " + from + "; " + arrival;
        if (catchUp().isEmpty()) {
            results.add(CheckResult.warn(
                    "backlog",
                    backlog + ", which is as fast as they are read (" + Times.count(rate) + "/s)",
                    "raise trigger.max_records_per_data_center, or give the stream more workers"));
            return results;
        }
        results.add(CheckResult.ok(
                "backlog",
                backlog + "; read at " + Times.count(rate) + "/s it is caught up in "
                        + Times.words(catchUp().orElseThrow())));
        left(now).ifPresent(left -> results.add(headroom(left)));
        return results;
    }

    private CheckResult headroom(Duration left) {
        String words = "the oldest record to be read is deleted in " + Times.words(left);
        if (left.compareTo(catchUp().orElseThrow()) < 0) {
            return CheckResult.warn(
                    "retention",
                    words + ", before it is caught up: some are lost",
                    "raise retention.ms of the topics until it is");
        }
        return left.compareTo(SOON) < 0
                ? CheckResult.warn(
                        "retention", words, "do not pause it for that long; raise retention.ms of the topics")
                : CheckResult.ok("retention", words);
    }
}
