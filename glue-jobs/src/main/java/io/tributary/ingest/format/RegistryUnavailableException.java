package io.tributary.ingest.format;

/**
 * A schema registry does not say what a schema is, so nothing can be said of the records that need it. It is no trouble
 * of theirs: they have to be read again.
 */
public final class RegistryUnavailableException extends RuntimeException {

    public RegistryUnavailableException(String message) {
        super(message);
    }
}
