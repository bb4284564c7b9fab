package io.tributary.aws.secrets;

import io.tributary.aws.AwsClients;
import io.tributary.aws.RequestLimits;
import io.tributary.config.Secrets;
import io.tributary.config.Secrets.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.arns.Arn;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClientBuilder;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/**
 * Secrets from AWS Secrets Manager, cached. Each secret is fetched at most once a minute, for all threads together. So
 * a rotated secret is used without a restart. While the service does not answer, the last value is used. Fetching one
 * secret never waits for another.
 */
public final class SecretsManagerStore implements Secrets.Store {

    private static final Logger LOG = LoggerFactory.getLogger(SecretsManagerStore.class);
    private static final Duration CACHE_TTL = Duration.ofMinutes(1);
    private static final RequestLimits LIMITS =
            new RequestLimits(4, Duration.ofSeconds(5), Optional.of(Duration.ofSeconds(12)));
    private static final String DENIED = "AccessDeniedException";

    private final Clock clock;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    /** One cached secret. A caller holds the lock of this secret only. */
    private static final class Entry {
        private Optional<Kept> last = Optional.empty();
    }

    /** @param until when it expires and is fetched again */
    private record Kept(String value, Instant until) {

        @Override
        public String toString() {
            return "Kept[until=" + until + "]";
        }
    }

    public SecretsManagerStore(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String read(String secret) throws StoreException {
        Entry entry = entries.computeIfAbsent(secret, name -> new Entry());
        synchronized (entry) {
            Optional<Kept> last = entry.last;
            if (last.filter(kept -> clock.instant().isBefore(kept.until())).isPresent()) {
                return last.get().value();
            }
            String value = ask(secret, last);
            entry.last = Optional.of(new Kept(value, clock.instant().plus(CACHE_TTL)));
            return value;
        }
    }

    private static String ask(String secret, Optional<Kept> last) throws StoreException {
        try {
            return fetch(secret);
        } catch (ResourceNotFoundException e) {
            throw new StoreException(
                    "AWS Secrets Manager has no secret of that name in this account and region",
                    "create it, or correct the name or ARN",
                    e);
        } catch (SdkException e) {
            if (isDenied(e)) {
                throw new StoreException(
                        "AWS Secrets Manager refuses it to this job",
                        "grant secretsmanager:GetSecretValue on it, and kms:Decrypt on its key, to the job's role",
                        e);
            }
            if (last.isPresent()) {
                LOG.warn("secrets[{}]: cannot be fetched now; the last value is used: {}", secret, e.toString());
                return last.get().value();
            }
            throw new StoreException(
                    "AWS Secrets Manager cannot be asked (" + e.getMessage() + ")",
                    "see that the job's network reaches the service, by a NAT gateway or an interface endpoint, and"
                            + " that the secret's ARN or AWS_REGION says the region",
                    e);
        }
    }

    private static boolean isDenied(SdkException failure) {
        return failure instanceof AwsServiceException refused
                && refused.awsErrorDetails() != null
                && DENIED.equals(refused.awsErrorDetails().errorCode());
    }

    /**
     * Opens a client for each request. Requests are few, and a client that is kept would keep credentials and threads
     * too.
     */
    private static String fetch(String secret) {
        SecretsManagerClientBuilder builder = SecretsManagerClient.builder();
        Arn.tryFromString(secret).flatMap(Arn::region).map(Region::of).ifPresent(builder::region);
        try (SecretsManagerClient client = AwsClients.open(builder, LIMITS)) {
            GetSecretValueResponse answer = client.getSecretValue(request -> request.secretId(secret));
            return answer.secretString() != null
                    ? answer.secretString()
                    : answer.secretBinary().asUtf8String();
        }
    }
}
