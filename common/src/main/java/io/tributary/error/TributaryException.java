package io.tributary.error;

/** A failure that somebody can act on. Its message says the problem, the reason, and the remedy. */
public abstract class TributaryException extends RuntimeException {

    private final int exitCode;

    TributaryException(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** The exit code of a process that ends with this failure: 2 or 3; everything else is a bug and ends with 1. */
    public final int exitCode() {
        return exitCode;
    }
}
