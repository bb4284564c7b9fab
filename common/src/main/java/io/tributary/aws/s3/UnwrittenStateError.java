package io.tributary.aws.s3;

/**
 * A part of the state could not be written. Spark 3.5 notes that in its log and lets the task succeed, so that the next
 * start finds a state with a hole. Of all that may be thrown it passes on only what Scala takes for fatal; of that, a
 * linkage error alone fails the task and not its process.
 */
final class UnwrittenStateError extends LinkageError {

    UnwrittenStateError(Throwable cause) {
        super(cause.toString(), cause);
    }
}
