package io.tributary.runtime;

import io.tributary.error.InvalidInputException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** An endpoint of the Glue Data Catalog other than AWS's own for a region. */
public record GlueEndpoint(URI uri) {

    /** The environment variable that names the endpoint; the system property is {@value #PROPERTY}. */
    public static final String VARIABLE = "TRIBUTARY_GLUE_ENDPOINT";

    public static final String PROPERTY = "tributary.glue.endpoint";

    public GlueEndpoint {
        if (uri.getScheme() == null || uri.getHost() == null) {
            throw noAddress(uri.toString(), null);
        }
    }

    /** The endpoint of this process; empty for AWS itself. */
    public static Optional<GlueEndpoint> ofProcess() {
        return of(System::getProperty, System::getenv);
    }

    /**
     * @param properties system properties by name; they override the variables
     * @param variables environment variables by name
     */
    static Optional<GlueEndpoint> of(Function<String, String> properties, Function<String, String> variables) {
        return Optional.ofNullable(properties.apply(PROPERTY))
                .or(() -> Optional.ofNullable(variables.apply(VARIABLE)))
                .map(String::trim)
                .filter(text -> !text.isEmpty())
                .map(text -> new GlueEndpoint(uri(text)));
    }

    /** The system properties that pass this endpoint to another process, where {@link #ofProcess} reads them. */
    public Map<String, String> properties() {
        return Map.of(PROPERTY, uri.toString());
    }

    private static URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw noAddress(text, e);
        }
    }

    private static InvalidInputException noAddress(String text, Exception cause) {
        return new InvalidInputException(
                "The Glue endpoint \"" + text + "\" in " + VARIABLE
                        + " is not an address; write it as http://127.0.0.1:9100",
                cause);
    }
}
