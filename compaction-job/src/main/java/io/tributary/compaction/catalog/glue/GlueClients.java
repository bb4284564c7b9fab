package io.tributary.compaction.catalog.glue;

import io.tributary.aws.AwsClients;
import io.tributary.aws.RequestLimits;
import io.tributary.runtime.GlueEndpoint;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.GlueClientBuilder;
import software.amazon.awssdk.services.glue.model.OperationTimeoutException;

/** Opens clients of Glue. */
final class GlueClients {

    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(30);

    private GlueClients() {}

    /** @param attempts how often a request is made before it has failed */
    static GlueClient open(Optional<GlueEndpoint> endpoint, int attempts) {
        GlueClientBuilder client = GlueClient.builder()
                .applyMutation(builder -> endpoint.map(GlueEndpoint::uri).ifPresent(builder::endpointOverride))
                .region(endpoint.isPresent() ? regionOfAnEndpoint() : region(new DefaultAwsRegionProviderChain()));
        // Glue's own timeouts are worth another attempt.
        return AwsClients.open(
                client,
                RequestLimits.ofAttempts(attempts, ATTEMPT_TIMEOUT),
                failure -> failure instanceof OperationTimeoutException);
    }

    /** Requests to another endpoint are signed for some region; which one matters only to AWS. */
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
