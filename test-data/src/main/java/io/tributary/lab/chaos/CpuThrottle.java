package io.tributary.lab.chaos;

import io.tributary.lab.process.ChildProcess;
import io.tributary.lab.process.Threads;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Makes a process slow, by letting it go on for a small part of the time only. */
final class CpuThrottle {

    private static final Duration GOES = Duration.ofMillis(40);
    private static final Duration HANGS = Duration.ofMillis(760);

    private final ChildProcess process;
    private final Thread thread = new Thread(this::run, "slow-motion");
    private volatile boolean goOn = true;
    private volatile RuntimeException failure;

    private CpuThrottle(ChildProcess process) {
        this.process = process;
        thread.setDaemon(true);
    }

    static CpuThrottle of(ChildProcess process) {
        CpuThrottle slow = new CpuThrottle(process);
        slow.thread.start();
        return slow;
    }

    private void run() {
        try {
            while (goOn) {
                process.freeze();
                LockSupport.parkNanos(HANGS.toNanos());
                process.thaw();
                LockSupport.parkNanos(GOES.toNanos());
            }
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    /** Lets the process go on as ever. */
    void end() {
        goOn = false;
        Threads.awaitEnd(thread);
        if (failure != null) {
            throw failure;
        }
    }
}
