package io.tributary.lab.process;

import java.util.concurrent.locks.LockSupport;

/** Threads that work beside a run until they are told to stop. */
public final class Threads {

    private Threads() {}

    /** Waits until a thread that has been told to stop has ended, waking it if it pauses; an interrupt is kept for later. */
    public static void awaitEnd(Thread thread) {
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
