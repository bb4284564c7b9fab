package io.tributary.compaction.catalog.glue;

import io.tributary.runtime.GlueEndpoint;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.OperationTimeoutException;

/** Opens clients of Glue, and says what they try again. */
final class GlueClients {

    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(30);

    private GlueClients() {}

    /** @param attempts how often a request is made before it has failed */
    static GlueClient open(Optional<GlueEndpoint> endpoint, int attempts) {
        return GlueClient.builder()
                .applyMutation(builder -> endpoint.map(GlueEndpoint::uri).ifPresent(builder::endpointOverride))
                .region(endpoint.isPresent() ? regionOfAnEndpoint() : region(new DefaultAwsRegionProviderChain()))
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(
                        override -> override.retryStrategy(retries(attempts)).apiCallAttemptTimeout(ATTEMPT_TIMEOUT))
                .build();
    }

    /**
     * What is tried again, with growing pauses, and nowhere else: connection losses, throttling and 5xx, which are the
     * SDK's own choice, and Glue's own timeouts.
     */
    private static RetryStrategy retries(int attempts) {
        return AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(attempts)
                .circuitBreakerEnabled(false)
                .retryOnException(OperationTimeoutException.class)
                .build();
    }

    /** A request to an endpoint is signed for some region; which one matters to AWS alone. */
    private static Region regionOfAnEndpoint() {
        try {
            return region(new SystemSettingsRegionProvider());
        } catch (SdkClientException e) {
            return Region.US_EAST_1;
        }
    }

    private static Region region(AwsRegionProvider provider) {
        return provider.getRegion();
    }
}
