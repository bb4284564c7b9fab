package io.tributary.audit;

import java.time.Instant;

/** Instants as the log's metadata keep them, in words. */
final class TimeFormat {

    private TimeFormat() {}

    /** @param millis milliseconds since the epoch; 0 stands for "never" */
    static String of(long millis) {
        return millis == 0 ? "the beginning" : Instant.ofEpochMilli(millis).toString();
    }
}
