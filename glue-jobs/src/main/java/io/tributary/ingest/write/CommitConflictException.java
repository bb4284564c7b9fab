package io.tributary.ingest.write;

/**
 * Another driver has committed to the lake since this query began. It may be the last commit of one that has ended, which
 * arrived late; then a restart, which resumes from the log, is all it takes.
 */
public final class CommitConflictException extends RuntimeException {

    public CommitConflictException(String message) {
        super(message);
    }
}
