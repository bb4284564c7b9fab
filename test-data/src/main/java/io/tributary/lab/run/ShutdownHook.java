package io.tributary.lab.run;

import java.util.function.Supplier;

/** Ends a run that somebody ends. */
public final class ShutdownHook {

    private ShutdownHook() {}

    /**
     * Does the work of a run; Ctrl-C and SIGTERM end all its processes meanwhile, and say that there is no verdict.
     *
     * @param stays what is left and where, for example {@code the lake stays in target/lake}
     */
    public static <T> T guard(Children children, Console console, String stays, Supplier<T> work) {
        Thread hook = new Thread(
                () -> {
                    console.say("interrupted: ended without a verdict, " + stays);
                    children.close();
                },
                "end-of-run");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return work.get();
        } finally {
            // Whatever breaks because the run is being ended is nobody's news; the hook has the last word.
            children.awaitHaltIfClosed();
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }
}
