package io.tributary.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;

/** For whom a secret is meant, as its own keys say: {@code bootstrap_servers} or {@code registry_url}. */
final class SecretBinding {

    private static final String BROKERS = "bootstrap_servers";
    private static final String REGISTRY = "registry_url";

    private SecretBinding() {}

    /**
     * Checks the brokers to which a secret is bound. Such a secret is sent to no others, whatever the data-centers file
     * says.
     */
    static void requireBrokers(DataCenter center, String reference, String stored) {
        JsonNode brokers = Secrets.json(stored).path(BROKERS);
        List<String> meant = Arrays.stream(brokers.asText().split(",", -1))
                .map(String::strip)
                .toList();
        if (brokers.isMissingNode() && Secrets.json(stored).has(REGISTRY)) {
            throw Secrets.unresolved(
                    reference,
                    "it is for a schema registry, which its key " + REGISTRY + " names",
                    "name the secret of the brokers",
                    null);
        }
        if (!brokers.isMissingNode()
                && !meant.containsAll(List.of(center.bootstrapServers().split(",", -1)))) {
            throw Secrets.unresolved(
                    reference,
                    "it is for other brokers, which its key " + BROKERS + " names",
                    "correct " + BROKERS + " of data center " + center.name() + ", or that of the secret",
                    null);
        }
    }

    static void requireRegistry(RegistryConfig registry, String reference, String stored) {
        JsonNode secret = Secrets.json(stored);
        String url = String.valueOf(registry.url());
        boolean isForBrokers = secret.has(BROKERS) && !secret.has(REGISTRY);
        if (isForBrokers
                || (secret.has(REGISTRY)
                        && !secret.get(REGISTRY).asText().replaceFirst("/$", "").equals(url))) {
            throw Secrets.unresolved(
                    reference,
                    "it is for other servers, which its key " + (isForBrokers ? BROKERS : REGISTRY) + " names",
                    "name the secret of the registry, or correct registry.url",
                    null);
        }
    }
}
