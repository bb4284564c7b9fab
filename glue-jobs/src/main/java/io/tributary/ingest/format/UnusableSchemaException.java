package io.tributary.ingest.format;

/** A text is no schema by which values can be read. */
final class UnusableSchemaException extends Exception {

    /** @param why completes "the schema cannot be used, because" */
    UnusableSchemaException(String why, Throwable cause) {
        super(why, cause);
    }
}
