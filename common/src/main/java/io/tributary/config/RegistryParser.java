package io.tributary.config;

import io.tributary.config.kafka.SecretReferences;
import io.tributary.config.yaml.Quoted;
import io.tributary.config.yaml.Section;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Parses the section {@code registry} of a data center. */
final class RegistryParser {

    private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-\\d");

    private static final List<String> KEYS =
            List.of("type", "url", "region", RegistryConfig.USERNAME, RegistryConfig.PASSWORD);

    private RegistryParser() {}

    /** Null if there is none, or if it cannot be used; the problems are reported. */
    static RegistryConfig read(Section section) {
        RegistryConfig.Type type = section.choice("type", RegistryConfig.Type.CONFLUENT);
        Optional<String> url = section.optionalText("url", RegistryParser::url);
        Optional<String> region = section.optionalText("region", RegistryParser::region);
        Map<String, String> login = new TreeMap<>();
        section.optionalText(RegistryConfig.USERNAME, RegistryParser::wellFormed)
                .ifPresent(name -> login.put(RegistryConfig.USERNAME, name));
        section.optionalText(RegistryConfig.PASSWORD, RegistryParser::reference)
                .ifPresent(word -> login.put(RegistryConfig.PASSWORD, word));
        if (KEYS.stream().allMatch(section::lacks)) {
            return null;
        }
        if (section.lacks("type")) {
            section.problem("type", "is missing; write confluent or glue");
        }
        if (login.size() == 1) {
            section.problem(
                    login.containsKey(RegistryConfig.USERNAME) ? RegistryConfig.PASSWORD : RegistryConfig.USERNAME,
                    "is missing; a login needs username and password");
        }
        boolean isGlue = type == RegistryConfig.Type.GLUE;
        if (!section.lacks("type") && !isGlue && section.lacks("url")) {
            section.problem("url", "is missing; write where the registry's API is, such as https://registry:8081");
        }
        if (isGlue && !login.isEmpty()) {
            section.problem("type", "is glue, which has no login but the job's role; remove username and password");
        }
        if (!isGlue && region.isPresent()) {
            section.problem("region", "belongs to type: glue alone; remove it");
        }
        return isGlue || url.isPresent()
                ? new RegistryConfig(type, url.orElse(null), region.orElse(null), login)
                : null;
    }

    private static String url(String text) {
        try {
            URI url = new URI(text);
            boolean isWeb = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (isWeb
                    && url.getHost() != null
                    && url.getUserInfo() == null
                    && url.getQuery() == null
                    && url.getFragment() == null) {
                return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
            }
        } catch (URISyntaxException e) {
            // Told like any other text that is no address.
        }
        throw new IllegalArgumentException(Quoted.of(text)
                + " is not the address of a registry; write https://HOST:PORT/PATH, and a login as username and"
                + " password");
    }

    private static String region(String text) {
        if (!REGION.matcher(text).matches()) {
            throw new IllegalArgumentException(Quoted.of(text) + " is not a region; write for example eu-central-1");
        }
        return text;
    }

    private static String wellFormed(String text) {
        SecretReferences.requireWellFormed(text);
        return text;
    }

    private static String reference(String text) {
        wellFormed(text);
        if (!SecretReferences.isOnlyReferences(text)) {
            throw new IllegalArgumentException("must not stand in this file; write a reference to the secret:"
                    + " ${secret:NAME#KEY}, or on a local run ${env:NAME} or ${file:/path}");
        }
        return text;
    }
}
