package io.tributary.lab.chaos;

import io.tributary.lab.run.ViewPoller;
import java.io.EOFException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * Excuses a reader whose question failed because S3 answered with an error or not at all, if S3 was told to while the
 * question was under way. Anything else that a reader meets is a fault of the lake.
 */
final class ToleratedReadFailure implements ViewPoller.Excuse {

    /** What the clients say of S3's own errors and of lost connections, also where Spark carries it as text. */
    private static final Pattern BY_S3 = Pattern.compile(
            "status code: 50[03]|statuscode: 50[03]|slowdown|slow down|internalerror|the lab was told to answer so"
                    + "|unable to execute http request|connection reset|connection refused|broken pipe|noresponse"
                    + "|failed to respond|unexpected end|premature end|end of file|timed out");

    private final LongSupplier lastSpoiltNanos;

    /** @param lastSpoiltNanos when S3 last spoilt a request, by {@link System#nanoTime} */
    ToleratedReadFailure(LongSupplier lastSpoiltNanos) {
        this.lastSpoiltNanos = lastSpoiltNanos;
    }

    @Override
    public boolean holds(Throwable failure, long sinceNanos) {
        return lastSpoiltNanos.getAsLong() - sinceNanos >= 0 && isByS3(failure);
    }

    static boolean isByS3(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketException
                    || cause instanceof SocketTimeoutException
                    || cause instanceof EOFException
                    || BY_S3.matcher(String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT))
                            .find()) {
                return true;
            }
        }
        return false;
    }
}
