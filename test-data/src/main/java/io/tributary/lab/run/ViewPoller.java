package io.tributary.lab.run;

import io.tributary.lab.evaluate.Freshness;
import io.tributary.lab.evaluate.Observer;
import io.tributary.lab.process.Threads;
import io.tributary.lake.view.LakeSql;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Asks the view again and again while a run goes on, but never so often that the asking takes the machine from what is
 * watched: mostly for what may be new since the answer before, and now and then for everything.
 */
public final class ViewPoller implements AutoCloseable {

    private static final long MIN_PAUSE_NANOS = 1_000_000_000L;

    /** What is watched needs the machine more than this; when an event became visible is told by its commit. */
    private static final int PAUSES_FOR_AN_ANSWER = 2;

    /** Answers to everything take at most this part of the time. */
    private static final int EVERYTHING_ONE_IN = 10;

    private final LakeSql sql;
    private final String question;
    private final Observer observer;
    private final Clock clock;
    private final int dataCenters;
    private final Thread thread = new Thread(this::run, "watch");
    private long nextWholeNanos = System.nanoTime();
    private volatile boolean goOn = true;
    private volatile Sight latest;
    private volatile Throwable failure;
    private volatile long lastBeganNanos = Long.MIN_VALUE;
    private final AtomicLong excused = new AtomicLong();
    private final Excuse excuse;

    /**
     * What was seen so far.
     *
     * @param freshness of each data center, by its index
     */
    public record Sight(int shown, Freshness overall, List<Freshness> freshness) {}

    /** Whether a failure to answer is nobody's fault, so that the next answer is waited for. */
    @FunctionalInterface
    public interface Excuse {

        Excuse NEVER = (failure, sinceNanos) -> false;

        /** @param sinceNanos when the question was put, by {@link System#nanoTime} */
        boolean holds(Throwable failure, long sinceNanos);
    }

    /** @param question a {@link LakeRows#sql} */
    public ViewPoller(LakeSql sql, String question, Observer observer, int dataCenters, Clock clock, Excuse excuse) {
        this.excuse = excuse;
        this.sql = sql;
        this.question = question;
        this.observer = observer;
        this.dataCenters = dataCenters;
        this.clock = clock;
        this.latest = new Sight(0, Freshness.NONE, List.of());
        thread.setDaemon(true);
    }

    /** Asks once before anything is sent, so that the slow first answer holds nothing up, and then goes on by itself. */
    public void start() {
        poll();
        thread.start();
    }

    private void run() {
        try {
            while (goOn) {
                long asked = System.nanoTime();
                pollUnlessExcused(asked);
                pause(Math.max(MIN_PAUSE_NANOS, PAUSES_FOR_AN_ANSWER * (System.nanoTime() - asked)));
            }
        } catch (Throwable e) {
            // Spark throws checked exceptions that it does not declare, and a thread that dies in silence watches
            // nothing.
            failure = e;
        }
    }

    private void pollUnlessExcused(long asked) {
        try {
            poll();
        } catch (Throwable e) {
            if (!excuse.holds(e, asked)) {
                throw e;
            }
            excused.incrementAndGet();
        }
    }

    private void poll() {
        long begin = System.nanoTime();
        if (begin - nextWholeNanos >= 0) {
            ask(question, Observer.EVERYTHING);
            nextWholeNanos = System.nanoTime() + EVERYTHING_ONE_IN * (System.nanoTime() - begin);
        } else {
            long after = sql.watermark().committedAt().toEpochMilli();
            ask(question + LakeRows.arrivedAfter(after), after);
        }
        List<Freshness> freshness = new ArrayList<>();
        for (int i = 0; i < dataCenters; i++) {
            freshness.add(observer.freshness(i));
        }
        latest = new Sight(observer.shown(), observer.freshness(), freshness);
        lastBeganNanos = begin;
    }

    private void ask(String sqlText, long arrivedAfter) {
        long asked = clock.millis();
        Dataset<Row> answer = sql.query(sqlText);
        // Planning settles which versions the answer shows; how long it takes to read them is the reader's affair.
        answer.queryExecution().executedPlan();
        long visibleBy = clock.millis();
        List<byte[]> rows = LakeRows.collect(answer);
        try (Observer.Poll poll = observer.poll(asked, visibleBy, arrivedAfter)) {
            rows.forEach(chunk -> LakeRows.unpack(chunk, row -> row.addTo(poll)));
        }
    }

    private void pause(long nanos) {
        long end = System.nanoTime() + nanos;
        while (goOn && end - System.nanoTime() > 0) {
            LockSupport.parkNanos(Math.max(1, end - System.nanoTime()));
        }
    }

    public Sight latest() {
        return latest;
    }

    /** When the newest question that has been answered was put, by {@link System#nanoTime}. */
    public long lastBeganNanos() {
        return lastBeganNanos;
    }

    /** How often the view could not be asked and the excuse held. */
    public long excused() {
        return excused.get();
    }

    /** Why the view could not be asked any more. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** Ends after the answer that is being waited for, so that the observer is the caller's again. */
    @Override
    public void close() {
        goOn = false;
        Threads.awaitEnd(thread);
    }
}
