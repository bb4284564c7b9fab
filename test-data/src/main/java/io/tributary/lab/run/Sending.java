package io.tributary.lab.run;

import io.tributary.lab.load.Pace;
import io.tributary.lab.load.Sender;
import java.time.Clock;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A load being sent, beside everything else that a run does. */
public final class Sending {

    private final Thread thread;
    private volatile boolean goOn = true;
    private volatile boolean isDone;
    private volatile Throwable failure;

    private Sending(Consumer<BooleanSupplier> load) {
        thread = new Thread(() -> run(load), "load");
        thread.setDaemon(true);
    }

    public static Sending start(Load load, Sender sender, Clock clock, Pace pace) {
        return start(goOn -> load.send(sender, clock, pace, goOn));
    }

    /** @param load sends for as long as what it is given says yes */
    public static Sending start(Consumer<BooleanSupplier> load) {
        Sending sending = new Sending(load);
        sending.thread.start();
        return sending;
    }

    private void run(Consumer<BooleanSupplier> load) {
        try {
            load.accept(() -> goOn);
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
