package io.tributary.lab.chaos;

import io.tributary.lab.run.Children;
import io.tributary.lab.run.Console;
import io.tributary.lab.s3.S3Front;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Everything that a fault can be done to, and where it says what it does. */
record Site(
        S3Front s3, Drivers drivers, ClusterProcesses clusters, Members members, Children children, Console console) {

    private static final long NAP_NANOS = 50_000_000;

    /** Lets time pass. */
    void pause(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        while (end - System.nanoTime() > 0) {
            children.throwIfClosed();
            LockSupport.parkNanos(Math.min(NAP_NANOS, Math.max(1, end - System.nanoTime())));
        }
    }

    /** Says something of the fault that is going on. */
    void say(String text) {
        console.say("    " + text);
    }
}
