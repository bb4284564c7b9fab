package io.tributary.aws.s3;

/**
 * A part of the streaming state could not be written. Spark 3.5 only logs such a failure and lets the task succeed, so
 * the next start would find incomplete state. Spark passes on only what Scala regards as fatal. Of those errors, only a
 * linkage error fails the task and not the whole process.
 */
final class UnwrittenStateError extends LinkageError {

    UnwrittenStateError(Throwable cause) {
        super(cause.toString(), cause);
    }
}
