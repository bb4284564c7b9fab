package io.tributary.lab.load;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** When what is due is sent. */
public interface Pace {

    /** The moment from which everything that is due is counted. */
    void start();

    /** Waits until {@code dueNanos} after the start; false if {@code goOn} said no before. */
    boolean awaitDue(long dueNanos, BooleanSupplier goOn);

    /** Everything at its time; what is late is sent at once. */
    static Pace realTime() {
        return new RealTime();
    }

    /** Everything at once. */
    static Pace withoutWaiting() {
        return new Pace() {
            @Override
            public void start() {}

            @Override
            public boolean awaitDue(long dueNanos, BooleanSupplier goOn) {
                return goOn.getAsBoolean();
            }
        };
    }

    /** By the clock that only ever goes forward. */
    final class RealTime implements Pace {

        private static final long NAP_NANOS = 100_000_000;

        private long start;

        @Override
        public void start() {
            start = System.nanoTime();
        }

        @Override
        public boolean awaitDue(long dueNanos, BooleanSupplier goOn) {
            while (goOn.getAsBoolean()) {
                long left = dueNanos - (System.nanoTime() - start);
                if (left <= 0) {
                    return true;
                }
                LockSupport.parkNanos(Math.min(left, NAP_NANOS));
            }
            return false;
        }
    }
}
