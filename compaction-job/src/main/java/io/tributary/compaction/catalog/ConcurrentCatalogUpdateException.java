package io.tributary.compaction.catalog;

/** Somebody else changed the catalog between the planning of a change and its application. */
public final class ConcurrentCatalogUpdateException extends Exception {

    public ConcurrentCatalogUpdateException(String message, Throwable cause) {
        super(message, cause);
    }
}
