package io.tributary.error;

/** An operator must mend a table, a checkpoint or a source before this can work: exit code 3. */
public final class OperatorActionException extends TributaryException {

    public OperatorActionException(String message) {
        this(message, null);
    }

    public OperatorActionException(String message, Throwable cause) {
        super(3, message, cause);
    }
}
