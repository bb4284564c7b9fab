package io.tributary.error;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Searches a failure and all its causes, since Spark wraps exceptions and carries a task's exception as text. */
public final class Failures {

    private static final int MAX_LENGTH = 600;
    private static final String OWN_PACKAGE = "io.tributary.";

    private Failures() {}

    /** The failure and its causes, outermost first, each once, even if the chain is circular. */
    public static List<Throwable> chain(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable cause = failure; cause != null && seen.add(cause); cause = cause.getCause()) {
            chain.add(cause);
        }
        return chain;
    }

    /** The first of a kind among the failure and its causes. */
    public static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> kind) {
        return chain(failure).stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    /** The root cause in one line: its class, its message, and where it was thrown, preferably in our code. */
    public static String rootLine(Throwable failure) {
        List<Throwable> chain = chain(failure);
        Throwable root = chain.get(chain.size() - 1);
        String said = String.valueOf(root.getMessage())
                .strip()
                .lines()
                .findFirst()
                .orElse("")
                .stripTrailing();
        String line = root.getClass().getName() + ": " + said;
        return (line.length() > MAX_LENGTH ? line.substring(0, MAX_LENGTH) + "…" : line) + place(root);
    }

    private static String place(Throwable root) {
        StackTraceElement[] frames = root.getStackTrace();
        for (StackTraceElement frame : frames) {
            if (frame.getClassName().startsWith(OWN_PACKAGE)) {
                return " at " + frame;
            }
        }
        return frames.length > 0 ? " at " + frames[0] : "";
    }
}
