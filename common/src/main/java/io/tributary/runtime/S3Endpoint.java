package io.tributary.runtime;

import io.tributary.error.InvalidInputException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * An S3 endpoint other than AWS's, for a local run. {@code toString} shows no secret.
 *
 * @param accessKey given together with the secret key; absent: the SDK finds the credentials
 */
public record S3Endpoint(URI uri, Optional<String> accessKey, Optional<String> secretKey) {

    /** The environment variable that names the endpoint; the system property is {@value #PROPERTY}. */
    public static final String VARIABLE = "TRIBUTARY_S3_ENDPOINT";

    public static final String PROPERTY = "tributary.s3.endpoint";

    private static final String ACCESS_KEY = "AWS_ACCESS_KEY_ID";
    private static final String SECRET_KEY = "AWS_SECRET_ACCESS_KEY";
    private static final String ACCESS_KEY_PROPERTY = "aws.accessKeyId";
    private static final String SECRET_KEY_PROPERTY = "aws.secretAccessKey";
    private static final String REGION = "us-east-1";

    public S3Endpoint {
        if (uri.getScheme() == null || uri.getHost() == null) {
            throw new InvalidInputException("The S3 endpoint \"" + uri + "\" in " + VARIABLE
                    + " is not an address; write it as http://127.0.0.1:9000");
        }
        if (accessKey.isPresent() != secretKey.isPresent()) {
            throw new InvalidInputException("Of " + ACCESS_KEY + " and " + SECRET_KEY
                    + " only one is set; set both, or neither and leave the credentials to the AWS SDK");
        }
    }

    /** The endpoint of this process; empty for AWS itself. */
    public static Optional<S3Endpoint> ofProcess() {
        return of(System::getProperty, System::getenv);
    }

    /**
     * @param properties system properties by name; they override the variables
     * @param variables environment variables by name
     */
    static Optional<S3Endpoint> of(Function<String, String> properties, Function<String, String> variables) {
        return value(properties, PROPERTY)
                .or(() -> value(variables, VARIABLE))
                .map(uri -> new S3Endpoint(
                        uri(uri),
                        value(properties, ACCESS_KEY_PROPERTY).or(() -> value(variables, ACCESS_KEY)),
                        value(properties, SECRET_KEY_PROPERTY).or(() -> value(variables, SECRET_KEY))));
    }

    private static URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                    "The S3 endpoint \"" + text + "\" in " + VARIABLE + " is not an address", e);
        }
    }

    /** The Hadoop settings with which S3A and the log store use this endpoint. */
    public Map<String, String> hadoopSettings() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("fs.s3a.endpoint", uri.toString());
        settings.put("fs.s3a.endpoint.region", REGION);
        settings.put("fs.s3a.path.style.access", "true");
        accessKey.ifPresent(key -> settings.put("fs.s3a.access.key", key));
        secretKey.ifPresent(key -> settings.put("fs.s3a.secret.key", key));
        return settings;
    }

    /** The same settings in Spark's form. */
    public Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        hadoopSettings().forEach((name, value) -> settings.put("spark.hadoop." + name, value));
        return settings;
    }

    /** The system properties that pass this endpoint to another process, where {@link #ofProcess} reads them. */
    public Map<String, String> properties() {
        Map<String, String> properties = new TreeMap<>();
        properties.put(PROPERTY, uri.toString());
        accessKey.ifPresent(key -> properties.put(ACCESS_KEY_PROPERTY, key));
        secretKey.ifPresent(key -> properties.put(SECRET_KEY_PROPERTY, key));
        return properties;
    }

    @Override
    public String toString() {
        return "S3Endpoint[" + uri + "]";
    }

    private static Optional<String> value(Function<String, String> source, String name) {
        return Optional.ofNullable(source.apply(name)).map(String::trim).filter(text -> !text.isEmpty());
    }
}
