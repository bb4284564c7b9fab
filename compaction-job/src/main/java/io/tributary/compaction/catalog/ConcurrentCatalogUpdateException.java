package io.tributary.compaction.catalog;

/** Somebody else changed the catalog after a plan was made and before it was carried out. */
public final class ConcurrentCatalogUpdateException extends Exception {

    public ConcurrentCatalogUpdateException(String message, Throwable cause) {
        super(message, cause);
    }
}
