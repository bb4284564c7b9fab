package io.tributary.ingest.discovery;

import io.tributary.config.DataCenter;
import io.tributary.error.Backoff;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicIdentity;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The offset fetch of one data center, with a circuit breaker. At most one request is in flight. A late answer is still
 * useful, since the end of a log only grows: it closes the breaker and serves the next trigger.
 */
final class OffsetFetch {

    private static final Logger LOG = LoggerFactory.getLogger(OffsetFetch.class);
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));
    private static final String SILENT = "silent";

    private final DataCenter center;
    private final OffsetFetcher.Cluster cluster;
    private final Executor threads;
    private final Clock clock;
    private final WarningThrottle warnings = new WarningThrottle();
    private CompletableFuture<OffsetBounds> question;
    private boolean open;
    private boolean hasAnswered;
    private int failures;
    private Instant retryAt = Instant.MIN;
    private Instant silentSince;
    private Optional<String> cause = Optional.empty();

    OffsetFetch(DataCenter center, OffsetFetcher.Cluster cluster, Executor threads, Clock clock) {
        this.center = center;
        this.cluster = cluster;
        this.threads = threads;
        this.clock = clock;
    }

    String name() {
        return center.name();
    }

    boolean isOf(DataCenter other) {
        return center.equals(other);
    }

    /** Starts a request, unless one is in flight or the breaker is still open. */
    void begin(ReadProgress known) {
        if (question == null && !clock.instant().isBefore(retryAt)) {
            question = CompletableFuture.supplyAsync(() -> reach(known), threads);
        }
    }

    private OffsetBounds reach(ReadProgress known) {
        try {
            return cluster.reach(known);
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    /** Asks what the topics are now; the answer is never one to an earlier question. */
    CompletableFuture<SortedMap<String, TopicIdentity>> identities() {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return cluster.identities();
                    } catch (Exception e) {
                        throw new CompletionException(e);
                    }
                },
                threads);
    }

    /** Returns the answer if there is one. Waits for it only while the breaker is closed. */
    Optional<OffsetBounds> await(Duration atMost) throws InterruptedException {
        if (question == null) {
            silent(Optional.empty());
            return Optional.empty();
        }
        try {
            OffsetBounds answer = question.get(open ? 0 : atMost.toNanos(), TimeUnit.NANOSECONDS);
            question = null;
            answered();
            return Optional.of(answer);
        } catch (TimeoutException e) {
            silent(Optional.empty());
        } catch (ExecutionException e) {
            question = null;
            silent(Optional.of(KafkaErrors.describe(e)));
            failures++;
            retryAt = clock.instant().plus(BACKOFF.after(failures));
        }
        return Optional.empty();
    }

    private void answered() {
        if (open) {
            LOG.info("ingest[dc={}]: answers again, after {}", name(), Duration.between(silentSince, clock.instant()));
        } else if (!hasAnswered) {
            LOG.info("ingest[dc={}]: answers at {}", name(), center.bootstrapServers());
        }
        open = false;
        hasAnswered = true;
        cause = Optional.empty();
        failures = 0;
        retryAt = Instant.MIN;
        warnings.retain(List.of());
    }

    /** @param found the cause, if it is known; it may become known only after the timeout */
    private void silent(Optional<String> found) {
        Instant now = clock.instant();
        if (!open) {
            silentSince = now;
        }
        open = true;
        boolean isNews = found.isPresent() && !found.equals(cause);
        cause = found.or(() -> cause);
        Optional<WarningThrottle.Reminder> due = warnings.note(SILENT, now);
        if (due.isPresent() || isNews) {
            LOG.warn(
                    "ingest[dc={}]: {} at {} has not answered since {}: {}. The other data centers go on. Its records"
                            + " are read once it answers, unless retention deletes them first. Check its brokers,"
                            + " the network to them and its login.{}",
                    name(),
                    hasAnswered ? "Kafka" : "Kafka, never reached before,",
                    center.bootstrapServers(),
                    silentSince,
                    cause.orElse("no answer within the deadline"),
                    due.map(WarningThrottle.Reminder::describe).orElse(""));
        }
    }

    /** Since when and why it does not answer; empty while it does. */
    Optional<OffsetFetcher.Silence> silence() {
        return open
                ? Optional.of(new OffsetFetcher.Silence(silentSince, cause.orElse("no answer within the deadline")))
                : Optional.empty();
    }

    void close() {
        cluster.close();
    }
}
