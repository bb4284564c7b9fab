package io.tributary.ingest.format;

/** A format of the configuration has a schema that cannot be used. */
public final class UnusableFormatException extends RuntimeException {

    /** @param message completes "the records cannot be read, because" */
    UnusableFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
