package io.tributary.lab.loadtest;

import io.tributary.lab.profile.ProfileFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Does the faults of a profile when they are due, one after the other, and notes when each really began and ended. */
final class Disturbances {

    private static final long NAP_NANOS = 20_000_000;

    private final List<ProfileFault> faults;
    private final LoadStart start;
    private final Targets targets;
    private final List<Done> done = new ArrayList<>();

    /** @param which of the faults are done here */
    Disturbances(List<ProfileFault> faults, Predicate<ProfileFault> which, LoadStart start, Targets targets) {
        this.faults = faults.stream().filter(which).toList();
        this.start = start;
        this.targets = targets;
    }

    /** What faults are done to. */
    interface Targets {

        /** Begins; for a fault that is over at once, also ends. */
        void begin(ProfileFault fault);

        void end(ProfileFault fault);
    }

    /**
     * A fault that was done.
     *
     * @param began from the start of the load
     * @param ended when its cause was gone, from the start of the load
     */
    record Done(ProfileFault fault, Duration began, Duration ended) {}

    /** Returns when the last fault's cause is gone, or {@code goOn} says no; no cause stays. */
    void run(BooleanSupplier goOn) {
        for (ProfileFault fault : faults) {
            if (!await(fault.at(), goOn)) {
                return;
            }
            Duration began = start.since();
            targets.begin(fault);
            try {
                if (fault.kind().lasts()) {
                    boolean ignored = await(fault.end(), goOn);
                }
            } finally {
                if (fault.kind().lasts()) {
                    targets.end(fault);
                }
            }
            synchronized (done) {
                done.add(new Done(fault, began, start.since()));
            }
        }
    }

    private boolean await(Duration moment, BooleanSupplier goOn) {
        while (goOn.getAsBoolean()) {
            if (start.since().compareTo(moment) >= 0) {
                return true;
            }
            LockSupport.parkNanos(NAP_NANOS);
        }
        return false;
    }

    List<Done> done() {
        synchronized (done) {
            return List.copyOf(done);
        }
    }
}
