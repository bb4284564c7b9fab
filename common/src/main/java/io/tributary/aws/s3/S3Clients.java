package io.tributary.aws.s3;

import io.tributary.aws.AwsClients;
import io.tributary.aws.RequestLimits;
import java.net.URI;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * The S3 clients, one for each configuration. Delta creates a log store for every table and closes none, so clients are
 * shared and live as long as the JVM.
 */
final class S3Clients {

    private static final int CONFLICT = 409;
    private static final ConcurrentMap<S3Settings, S3Client> CLIENTS = new ConcurrentHashMap<>();

    private S3Clients() {}

    static S3Client of(S3Settings settings) {
        return CLIENTS.computeIfAbsent(settings, S3Clients::open);
    }

    private static S3Client open(S3Settings settings) {
        boolean isAws = settings.endpoint().isEmpty();
        S3ClientBuilder client = S3Client.builder()
                .applyMutation(builder -> settings.endpoint().ifPresent(builder::endpointOverride))
                .region(region(settings))
                // The lake may be in another region than the job, and the job's region may be unknown.
                .crossRegionAccessEnabled(isAws)
                .forcePathStyle(settings.pathStyle())
                .credentialsProvider(
                        settings.keys().map(S3Clients::keys).orElseGet(() -> DefaultCredentialsProvider.builder()
                                .build()))
                // Plain bodies with the checksum in a header: not every endpoint supports chunks and trailers.
                .serviceConfiguration(service -> service.chunkedEncodingEnabled(false))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
        return AwsClients.open(
                client,
                RequestLimits.ofAttempts(settings.attempts(), settings.attemptTimeout()),
                S3Clients::isConflict);
    }

    /** With a 409, S3 asks for another attempt after two conditional writes collided. */
    private static boolean isConflict(Throwable failure) {
        return failure instanceof AwsServiceException refused && refused.statusCode() == CONFLICT;
    }

    private static AwsCredentialsProvider keys(S3Keys keys) {
        AwsCredentials credentials = keys.sessionToken()
                .<AwsCredentials>map(token -> AwsSessionCredentials.create(keys.accessKey(), keys.secretKey(), token))
                .orElseGet(() -> AwsBasicCredentials.create(keys.accessKey(), keys.secretKey()));
        return StaticCredentialsProvider.create(credentials);
    }

    private static Region region(S3Settings settings) {
        return settings.region().map(Region::of).orElseGet(() -> {
            if (settings.endpoint().map(URI::getHost).isPresent()) {
                return Region.US_EAST_1;
            }
            try {
                return DefaultAwsRegionProviderChain.builder().build().getRegion();
            } catch (SdkClientException e) {
                // S3 answers with the bucket's region, and the client goes there.
                return Region.US_EAST_1;
            }
        });
    }
}
