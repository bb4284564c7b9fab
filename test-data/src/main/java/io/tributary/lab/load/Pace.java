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

    /**
     * Everything at its time, but after the first {@code few} records waits until {@code isThrough}: a pipeline that has
     * just been started is slow with its first records, and those that wait behind them would only measure that.
     */
    static Pace afterTheFirst(int few, BooleanSupplier isThrough) {
        return new Pace() {

            private final RealTime realTime = new RealTime();
            private int records;

            @Override
            public void start() {
                realTime.start();
            }

            @Override
            public boolean awaitDue(long dueNanos, BooleanSupplier goOn) {
                records++;
                if (records == few + 1) {
                    while (goOn.getAsBoolean() && !isThrough.getAsBoolean()) {
                        LockSupport.parkNanos(RealTime.NAP_NANOS);
                    }
                    realTime.startAt(dueNanos);
                }
                return records <= few ? goOn.getAsBoolean() : realTime.awaitDue(dueNanos, goOn);
            }
        };
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

        static final long NAP_NANOS = 100_000_000;

        private long start;

        @Override
        public void start() {
            startAt(0);
        }

        /** What is due at {@code dueNanos} is due now. */
        void startAt(long dueNanos) {
            start = System.nanoTime() - dueNanos;
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
