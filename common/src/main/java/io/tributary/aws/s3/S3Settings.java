package io.tributary.aws.s3;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;

/**
 * How a bucket is accessed, read from S3A's Hadoop settings, so that a lake is configured once.
 *
 * @param endpoint only if it is not AWS's own for a region
 * @param region empty if the SDK has to find it
 * @param keys empty if the SDK's own providers find them: on Glue, the job's role
 * @param attemptTimeout of one request
 * @param attempts how often a request is made before it has failed
 */
record S3Settings(
        Optional<URI> endpoint,
        Optional<String> region,
        boolean pathStyle,
        Optional<S3Keys> keys,
        Duration attemptTimeout,
        int attempts) {

    private static final String PREFIX = "fs.s3a.";
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(30);
    private static final int ATTEMPTS = 5;
    private static final Pattern AWS_HOST = Pattern.compile(
            "(?<private>.+\\.)?s3(?:[.-](?<region>[a-z]{2}(?:-[a-z]+)+-\\d))?\\.(?:vpce\\.)?amazonaws\\.com(?:\\.cn)?");

    /** @throws IOException if a Hadoop credential provider cannot be read */
    static S3Settings of(Configuration hadoop, String bucket) throws IOException {
        Optional<URI> endpoint = text(hadoop, bucket, "endpoint").map(host -> uri(hadoop, host));
        Optional<Matcher> aws = endpoint.map(uri -> AWS_HOST.matcher(String.valueOf(uri.getHost())))
                .filter(Matcher::matches);
        boolean regional = aws.isPresent() && aws.get().group("private") == null;
        Duration timeout = Duration.ofMillis(hadoop.getTimeDuration(
                key(hadoop, bucket, "connection.request.timeout"), ATTEMPT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS));
        return new S3Settings(
                endpoint.filter(uri -> !regional),
                text(hadoop, bucket, "endpoint.region").or(() -> aws.map(host -> host.group("region"))),
                hadoop.getBoolean(key(hadoop, bucket, "path.style.access"), false),
                keys(hadoop, bucket),
                timeout.isZero() ? ATTEMPT_TIMEOUT : timeout,
                Math.max(1, hadoop.getInt(key(hadoop, bucket, "attempts.maximum"), ATTEMPTS)));
    }

    private static URI uri(Configuration hadoop, String endpoint) {
        if (endpoint.contains("://")) {
            return URI.create(endpoint);
        }
        boolean tls = hadoop.getBoolean(PREFIX + "connection.ssl.enabled", true);
        return URI.create((tls ? "https://" : "http://") + endpoint);
    }

    private static Optional<S3Keys> keys(Configuration hadoop, String bucket) throws IOException {
        Optional<String> access = secret(hadoop, bucket, "access.key");
        Optional<String> secret = secret(hadoop, bucket, "secret.key");
        Optional<String> token = secret(hadoop, bucket, "session.token");
        return access.isPresent() && secret.isPresent()
                ? Optional.of(new S3Keys(access.get(), secret.get(), token))
                : Optional.empty();
    }

    private static Optional<String> text(Configuration hadoop, String bucket, String name) {
        return Optional.of(hadoop.getTrimmed(key(hadoop, bucket, name), "")).filter(text -> !text.isEmpty());
    }

    private static Optional<String> secret(Configuration hadoop, String bucket, String name) throws IOException {
        char[] found = hadoop.getPassword(key(hadoop, bucket, name));
        return Optional.ofNullable(found).map(String::new).map(String::trim).filter(text -> !text.isEmpty());
    }

    /** A bucket's own setting overrides the general one, as in S3A. */
    private static String key(Configuration hadoop, String bucket, String name) {
        String own = PREFIX + "bucket." + bucket + "." + name;
        return hadoop.get(own) == null ? PREFIX + name : own;
    }
}
