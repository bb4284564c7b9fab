package io.tributary.ingest.source;

import io.tributary.config.DataCenter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The asking of one data centre, with its circuit breaker. At most one question is under way. An answer that comes late
 * is still good, since a log's end only grows: it closes the breaker and serves the next trigger.
 */
final class Inquiry {

    private static final Logger LOG = LoggerFactory.getLogger(Inquiry.class);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofSeconds(30);

    private final DataCenter center;
    private final Inquiries.Cluster cluster;
    private final Executor threads;
    private final Clock clock;
    private CompletableFuture<Reach> question;
    private boolean open;
    private Duration pause = FIRST_RETRY;
    private Instant retryAt = Instant.MIN;
    private Instant silentSince;

    Inquiry(DataCenter center, Inquiries.Cluster cluster, Executor threads, Clock clock) {
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

    /** Puts the question, unless one is under way or the breaker forbids it still. */
    void begin() {
        if (question == null && !clock.instant().isBefore(retryAt)) {
            question = CompletableFuture.supplyAsync(this::reach, threads);
        }
    }

    private Reach reach() {
        try {
            return cluster.reach();
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    /** Takes the answer if there is one; waits for it only while the breaker is closed. */
    Optional<Reach> await(Duration atMost) throws InterruptedException {
        if (question == null) {
            return Optional.empty();
        }
        try {
            Reach answer = question.get(open ? 0 : atMost.toNanos(), TimeUnit.NANOSECONDS);
            question = null;
            answered();
            return Optional.of(answer);
        } catch (TimeoutException e) {
            silent("no answer within the deadline");
        } catch (ExecutionException e) {
            question = null;
            silent(String.valueOf(e.getCause()));
        }
        return Optional.empty();
    }

    private void answered() {
        if (open) {
            LOG.info("ingest[dc={}]: answers again, after {}", name(), Duration.between(silentSince, clock.instant()));
        }
        open = false;
        pause = FIRST_RETRY;
        retryAt = Instant.MIN;
    }

    private void silent(String why) {
        if (!open) {
            silentSince = clock.instant();
            LOG.warn("ingest[dc={}]: contributes nothing until it answers: {}", name(), why);
        }
        open = true;
        if (question == null) {
            retryAt = clock.instant().plus(pause);
            pause = pause.multipliedBy(2).compareTo(LAST_RETRY) < 0 ? pause.multipliedBy(2) : LAST_RETRY;
        }
    }

    void close() {
        cluster.close();
    }
}
