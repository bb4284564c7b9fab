package io.tributary.lab.run;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Lets time pass while a load is sent. */
final class Later {

    private static final long LOOK_EVERY_NANOS = 100_000_000;

    private Later() {}

    /**
     * Waits.
     *
     * @return false if nothing more is to be sent, and so the rest was not waited for
     */
    static boolean isReached(Duration after, BooleanSupplier goOn) {
        long end = System.nanoTime() + after.toNanos();
        while (goOn.getAsBoolean() && end - System.nanoTime() > 0) {
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
        return goOn.getAsBoolean();
    }
}
