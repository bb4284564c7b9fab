package io.tributary.config.kafka;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The classes that an operator's file may make a Kafka client load, where that is limited: the login classes of Kafka,
 * AWS and the JVM. A reporter, a provider or a factory could do anything with the job's permissions.
 */
public final class AllowedClasses {

    static final String MSK_HANDLER = "software.amazon.msk.auth.iam.IAMClientCallbackHandler";

    private static final Map<String, Set<String>> ALLOWED = Map.of(
            "sasl.client.callback.handler.class",
            Set.of(MSK_HANDLER),
            "sasl.login.callback.handler.class",
            Set.of(
                    "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler",
                    "org.apache.kafka.common.security.oauthbearer.secured.OAuthBearerLoginCallbackHandler"));

    private static final Set<String> REFUSED = Set.of(
            "metric.reporters",
            "partition.assignment.strategy",
            "sasl.kerberos.kinit.cmd",
            "sasl.login.class",
            "security.providers",
            "ssl.engine.factory.class");

    /**
     * Options that hold a URL. Kafka would read the target of a {@code file:} URL, and sends the client's secret to the
     * URL.
     */
    private static final List<String> URLS =
            List.of("sasl.oauthbearer.token.endpoint.url", "sasl.oauthbearer.jwks.endpoint.url");

    private AllowedClasses() {}

    /** Why an option is rejected where only known classes may be loaded. */
    public static Optional<String> problem(String key, String value) {
        if (!KafkaOptionNames.isKnown(key)) {
            return Optional.of(
                    "is not an option of a Kafka consumer, and Glue loads no class that could have options of its"
                            + " own; remove it");
        }
        if (REFUSED.contains(key)) {
            return Optional.of("names what would run in the job's name, which Glue does not do; remove it");
        }
        Set<String> allowed = ALLOWED.get(key);
        if (allowed != null && !allowed.contains(value.strip())) {
            return Optional.of("names a class that Glue does not load; write "
                    + String.join(" or ", allowed.stream().sorted().toList()) + ", or remove it");
        }
        if (URLS.contains(key) && !value.strip().startsWith("https://")) {
            return Optional.of("is not an address that begins with https://; write one");
        }
        if (JaasConfig.isNameOfOption(key)) {
            return JaasConfig.module(value)
                    .filter(module -> !isLoginModule(module))
                    .map(module -> module + " is not a login module of Kafka or AWS, and Glue loads no other; log in by"
                            + " SCRAM, PLAIN, OAUTHBEARER or AWS_MSK_IAM");
        }
        return Optional.empty();
    }

    public static boolean isLoginModule(String name) {
        return SaslMechanism.isModule(name) || name.equals("com.sun.security.auth.module.Krb5LoginModule");
    }
}
