package io.tributary.compaction.publish;

/** Somebody else changed the catalogue after a plan was made and before it was carried out. */
public final class ChangedMeanwhileException extends Exception {

    public ChangedMeanwhileException(String message, Throwable cause) {
        super(message, cause);
    }
}
