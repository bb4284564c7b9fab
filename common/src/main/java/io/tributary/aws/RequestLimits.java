package io.tributary.aws;

import java.time.Duration;
import java.util.Optional;

/**
 * What one request to AWS may cost.
 *
 * @param attempts how often it is made before it has failed
 * @param attemptTimeout what one attempt may take
 * @param timeout what all attempts may take together; absent: no more than they take one by one
 */
public record RequestLimits(int attempts, Duration attemptTimeout, Optional<Duration> timeout) {

    public RequestLimits {
        if (attempts < 1) {
            throw new IllegalArgumentException("a request is made at least once, not " + attempts + " times");
        }
    }

    public static RequestLimits ofAttempts(int attempts, Duration attemptTimeout) {
        return new RequestLimits(attempts, attemptTimeout, Optional.empty());
    }
}
