package io.tributary.lab.run;

import io.tributary.lab.evaluate.Freshness;
import io.tributary.lab.evaluate.Observer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Asks the view again and again while a run goes on, as fast as it answers but never so often that the asking takes the
 * machine from what is watched.
 */
final class Watch implements AutoCloseable {

    private static final long LEAST_PAUSE_NANOS = 2_000_000_000L;
    private static final int PAUSE_PER_ANSWER = 3;

    private final Question question;
    private final Observer observer;
    private final Clock clock;
    private final int dataCenters;
    private final Thread thread = new Thread(this::run, "watch");
    private volatile boolean goOn = true;
    private volatile Sight latest;
    private volatile Throwable failure;

    /** Something that can be asked for the rows of the view. */
    @FunctionalInterface
    interface Question {
        Dataset<Row> ask();
    }

    /**
     * What was seen so far.
     *
     * @param freshness of each data centre, by its index
     */
    record Sight(int shown, Freshness overall, List<Freshness> freshness) {}

    Watch(Question question, Observer observer, int dataCenters, Clock clock) {
        this.question = question;
        this.observer = observer;
        this.dataCenters = dataCenters;
        this.clock = clock;
        this.latest = new Sight(0, Freshness.NONE, List.of());
        thread.setDaemon(true);
    }

    /** Asks once before anything is sent, so that the slow first answer holds nothing up, and then goes on by itself. */
    void start() {
        poll();
        thread.start();
    }

    private void run() {
        try {
            while (goOn) {
                long asked = System.nanoTime();
                poll();
                long took = System.nanoTime() - asked;
                pause(Math.max(LEAST_PAUSE_NANOS, PAUSE_PER_ANSWER * took));
            }
        } catch (Throwable e) {
            // Spark throws checked exceptions that it does not declare, and a thread that dies in silence watches
            // nothing.
            failure = e;
        }
    }

    private void poll() {
        List<byte[]> rows = LakeRows.collect(question.ask());
        try (Observer.Poll poll = observer.poll(clock.millis())) {
            rows.forEach(chunk -> LakeRows.unpack(
                    chunk,
                    row -> poll.row(row.high(), row.low(), row.kafkaMillis(), row.isOnTime(), row.dataCenter())));
        }
        List<Freshness> freshness = new ArrayList<>();
        for (int i = 0; i < dataCenters; i++) {
            freshness.add(observer.freshness(i));
        }
        latest = new Sight(observer.shown(), observer.freshness(), freshness);
    }

    private void pause(long nanos) {
        long end = System.nanoTime() + nanos;
        while (goOn && end - System.nanoTime() > 0) {
            LockSupport.parkNanos(Math.max(1, end - System.nanoTime()));
        }
    }

    Sight latest() {
        return latest;
    }

    /** Why the view could not be asked any more. */
    Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** Ends after the answer that is being waited for, so that the observer is the caller's again. */
    @Override
    public void close() {
        goOn = false;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
