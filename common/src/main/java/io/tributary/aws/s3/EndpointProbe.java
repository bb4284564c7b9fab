package io.tributary.aws.s3;

import io.tributary.error.OperatorActionException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Asks whether anything answers at the S3 endpoint of a place. S3A and the SDK ask again and again for minutes, which suits
 * a job and not somebody who waits.
 */
public final class EndpointProbe {

    private static final String PROXY = "fs.s3a.proxy.host";

    private EndpointProbe() {}

    /**
     * Asks once, whatever the answer is. A place that is not on S3, or that a proxy leads to, is not asked.
     *
     * @param uri of the place
     * @param timeout of the connection, and again of the answer
     * @throws OperatorActionException if nothing answers
     */
    public static void requireAnswer(String uri, Configuration hadoop, Duration timeout) {
        Path path = new Path(uri);
        String scheme = String.valueOf(path.toUri().getScheme());
        String bucket = path.toUri().getAuthority();
        if (!scheme.matches("s3a?")
                || bucket == null
                || !hadoop.getTrimmed(PROXY, "").isEmpty()) {
            return;
        }
        Optional<URI> asked = endpoint(hadoop, bucket);
        asked.flatMap(endpoint -> silence(endpoint, timeout)).ifPresent(why -> {
            throw new OperatorActionException(uri + " cannot be reached, since its S3 endpoint " + asked.get()
                    + " does not answer (" + why + "): start what serves it, or correct the network or the address in"
                    + " TRIBUTARY_S3_ENDPOINT or fs.s3a.endpoint, and type the command again.");
        });
    }

    /** Empty if only the SDK can find it. */
    private static Optional<URI> endpoint(Configuration hadoop, String bucket) {
        try {
            S3Settings settings = S3Settings.of(hadoop, bucket);
            return settings.endpoint().or(() -> settings.region()
                    .or(() -> Optional.ofNullable(System.getenv("AWS_REGION")))
                    .filter(region -> !region.startsWith("cn-"))
                    .map(region -> URI.create("https://s3." + region + ".amazonaws.com")));
        } catch (IOException | IllegalArgumentException e) {
            // Whoever needs the setting says what is wrong with it.
            return Optional.empty();
        }
    }

    /** Why nothing answers; empty if something does, were it a refusal. */
    private static Optional<String> silence(URI endpoint, Duration timeout) {
        try {
            HttpURLConnection connection = (HttpURLConnection) endpoint.toURL().openConnection();
            try {
                connection.setConnectTimeout((int) timeout.toMillis());
                connection.setReadTimeout((int) timeout.toMillis());
                connection.setInstanceFollowRedirects(false);
                connection.getResponseCode();
                return Optional.empty();
            } finally {
                connection.disconnect();
            }
        } catch (UnknownHostException e) {
            return Optional.of("its name is not known");
        } catch (SocketTimeoutException e) {
            return Optional.of("nothing within " + timeout.toMillis() + " ms");
        } catch (ConnectException | NoRouteToHostException e) {
            return Optional.of(e.getMessage());
        } catch (IOException | IllegalArgumentException e) {
            // Something is there that does not talk as this does.
            return Optional.empty();
        }
    }
}
