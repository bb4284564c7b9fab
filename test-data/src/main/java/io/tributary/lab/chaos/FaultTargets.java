package io.tributary.lab.chaos;

import io.tributary.lab.run.Children;
import io.tributary.lab.run.Console;
import io.tributary.lab.s3.S3Front;
import io.tributary.lab.s3.S3Rule;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Everything that a fault can be done to, and where it says what it does. */
record FaultTargets(
        S3Front s3,
        Drivers drivers,
        ClusterProcesses clusters,
        DataCentersFile members,
        Children children,
        Console console) {

    /** A job that was just started, or is held up, takes this long at most to come to what is waited for. */
    static final Duration HAPPENS_WITHIN = Duration.ofMinutes(3);

    static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final long NAP_NANOS = 50_000_000;

    /** Lets time pass. */
    void pause(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        while (end - System.nanoTime() > 0) {
            children.throwIfClosed();
            LockSupport.parkNanos(Math.min(NAP_NANOS, Math.max(1, end - System.nanoTime())));
        }
    }

    /**
     * Lets time pass until something has happened.
     *
     * @param what in words, for the failure
     */
    void await(String what, BooleanSupplier happened) {
        long end = System.nanoTime() + HAPPENS_WITHIN.toNanos();
        while (!happened.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        "Within " + HAPPENS_WITHIN.toSeconds() + " s it did not happen that " + what);
            }
            pause(LOOK_EVERY);
        }
    }

    /** Puts a rule in force that holds a request, and returns the path of the one that it holds. */
    String hold(S3Rule rule) {
        s3.add(rule);
        return awaitHeld(rule);
    }

    /** The path of the request that a rule in force holds, once there is one. */
    String awaitHeld(S3Rule rule) {
        return s3.awaitHeld(rule, HAPPENS_WITHIN)
                .orElseThrow(() -> new IllegalStateException("Within " + HAPPENS_WITHIN.toSeconds()
                        + " s there was no request to hold for " + rule.name() + ": " + rule.text()));
    }

    /** Says something of the fault that is going on. */
    void say(String text) {
        console.say("    " + text);
    }
}
