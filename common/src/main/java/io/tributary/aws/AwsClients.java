package io.tributary.aws;

import java.util.function.Predicate;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.retries.api.RetryStrategy;

/**
 * Makes the clients of all AWS services, with one HTTP client and bounded requests.
 *
 * <p>What is tried again, with growing pauses, and nowhere else: connection losses, timeouts, throttling and 5xx, which
 * are the SDK's own choice, and what a service adds to them.
 */
public final class AwsClients {

    private AwsClients() {}

    public static <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C open(
            B builder, RequestLimits limits) {
        return open(builder, limits, failure -> false);
    }

    /**
     * @param builder with all that is the service's own, such as region and endpoint
     * @param isRetryable failures after which this service asks for another attempt, besides those of all services
     * @return the client; the caller closes it
     */
    public static <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C open(
            B builder, RequestLimits limits, Predicate<Throwable> isRetryable) {
        return builder.httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(override -> {
                    override.retryStrategy(retries(limits.attempts(), isRetryable))
                            .apiCallAttemptTimeout(limits.attemptTimeout());
                    limits.timeout().ifPresent(override::apiCallTimeout);
                })
                .build();
    }

    private static RetryStrategy retries(int attempts, Predicate<Throwable> isRetryable) {
        return AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(attempts)
                .circuitBreakerEnabled(false)
                .retryOnException(isRetryable)
                .build();
    }
}
