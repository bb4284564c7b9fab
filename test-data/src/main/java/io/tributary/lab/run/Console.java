package io.tributary.lab.run;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** What a run says, with the time since its start. */
public final class Console {

    private final PrintStream out;
    private final long started = System.nanoTime();

    public Console(PrintStream out) {
        this.out = out;
    }

    public Duration sinceStart() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    public void say(String text) {
        Duration since = sinceStart();
        show(String.format(Locale.ROOT, "%3d:%02d  %s%n", since.toMinutes(), since.toSecondsPart(), text));
    }

    /** Text as it is. */
    public void show(String text) {
        out.print(text);
        out.flush();
    }
}
