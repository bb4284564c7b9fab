package io.tributary.lab.run;

import io.tributary.lab.load.Pace;
import io.tributary.lab.load.Sender;
import java.time.Clock;
import java.util.Optional;

/** A load being sent, beside everything else that a run does. */
public final class Sending {

    private final Thread thread;
    private volatile boolean goOn = true;
    private volatile boolean isDone;
    private volatile Throwable failure;

    private Sending(Load load, Sender sender, Clock clock, Pace pace) {
        thread = new Thread(() -> run(load, sender, clock, pace), "load");
        thread.setDaemon(true);
    }

    public static Sending start(Load load, Sender sender, Clock clock, Pace pace) {
        Sending sending = new Sending(load, sender, clock, pace);
        sending.thread.start();
        return sending;
    }

    private void run(Load load, Sender sender, Clock clock, Pace pace) {
        try {
            load.send(sender, clock, pace, () -> goOn);
        } catch (Throwable e) {
            failure = e;
        } finally {
            isDone = true;
        }
    }

    /** Sends nothing more. */
    public void stop() {
        goOn = false;
    }

    public boolean isDone() {
        return isDone;
    }

    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }
}
