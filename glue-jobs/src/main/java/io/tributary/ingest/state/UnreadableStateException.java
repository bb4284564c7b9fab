package io.tributary.ingest.state;

import java.io.IOException;

/**
 * A part of the deduplication state is missing or damaged, so this version of it cannot be loaded. A restart does not
 * help, so the checkpoint is abandoned after a few; nothing is lost.
 */
final class UnreadableStateException extends IOException {

    UnreadableStateException(String problem) {
        super(words(problem));
    }

    UnreadableStateException(String problem, Throwable cause) {
        super(words(problem), cause);
    }

    private static String words(String problem) {
        return "The deduplication state cannot be loaded: " + problem;
    }
}
