package io.tributary.lab.chaos;

import io.tributary.lab.chaos.RecoveryTimes.Recovery;
import io.tributary.lab.process.Threads;
import io.tributary.lab.run.CommitTracker;
import io.tributary.lab.run.Console;
import io.tributary.lab.run.ViewPoller;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** While faults go on: starts again what has ended, follows the metadata, and notices what is recovered from. */
final class RecoveryMonitor implements AutoCloseable {

    private static final long LOOK_EVERY_NANOS = 250_000_000;

    private final Drivers drivers;
    private final CommitTracker commits;
    private final RecoveryTimes recoveries;
    private final Console console;
    private final Thread thread = new Thread(this::run, "lookout");
    private volatile Optional<ViewPoller> poller = Optional.empty();
    private volatile CommitTracker.Standing latest;
    private volatile boolean goOn = true;
    private volatile Throwable failure;

    /** @param commits reach the lake past all faults */
    RecoveryMonitor(Drivers drivers, CommitTracker commits, RecoveryTimes recoveries, Console console) {
        this.drivers = drivers;
        this.commits = commits;
        this.recoveries = recoveries;
        this.console = console;
        this.latest = commits.look();
        thread.setDaemon(true);
    }

    void start(ViewPoller watched) {
        poller = Optional.of(watched);
        thread.start();
    }

    private void run() {
        try {
            while (goOn) {
                drivers.lookAfter();
                latest = commits.look();
                recoveries
                        .look(latest, poller.orElseThrow().lastBeganNanos(), System.nanoTime())
                        .forEach(this::say);
                LockSupport.parkNanos(LOOK_EVERY_NANOS);
            }
        } catch (RuntimeException e) {
            // A thread that dies in silence looks after nothing.
            failure = e;
        }
    }

    private void say(Recovery recovery) {
        console.say(String.format(
                Locale.ROOT,
                "    recovered from round %d, %s, %.1f s after it began",
                recovery.fault().round(),
                recovery.fault().kind().word(),
                recovery.time().toMillis() / 1e3));
    }

    CommitTracker.Standing latest() {
        return latest;
    }

    Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** Ends after the look that is under way. */
    @Override
    public void close() {
        goOn = false;
        Threads.awaitEnd(thread);
    }
}
