package io.tributary.error;

/** An operator must repair a table, a checkpoint or a source before the job can work: exit code 3. */
public final class OperatorActionException extends TributaryException {

    public OperatorActionException(String message) {
        this(message, null);
    }

    public OperatorActionException(String message, Throwable cause) {
        super(3, message, cause);
    }
}
