package io.tributary.lab.run;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** What a run says, with the time since its start. */
final class Console {

    private final PrintStream out;
    private final long started = System.nanoTime();

    Console(PrintStream out) {
        this.out = out;
    }

    Duration sinceStart() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    void say(String text) {
        Duration since = sinceStart();
        show(String.format(Locale.ROOT, "%3d:%02d  %s%n", since.toMinutes(), since.toSecondsPart(), text));
    }

    /** Text as it is. */
    void show(String text) {
        out.print(text);
        out.flush();
    }
}
