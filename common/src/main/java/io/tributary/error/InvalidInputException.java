package io.tributary.error;

/** The user must change an input (an argument, a configuration file) before this can work: exit code 2. */
public final class InvalidInputException extends TributaryException {

    public InvalidInputException(String message) {
        this(message, null);
    }

    public InvalidInputException(String message, Throwable cause) {
        super(2, message, cause);
    }
}
