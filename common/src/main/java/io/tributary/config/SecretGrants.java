package io.tributary.config;

import io.tributary.config.yaml.Quoted;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which secrets of AWS Secrets Manager each data center may use, as the platform team grants them. Whoever may write
 * the data-centers file can make a data center use its own secrets, and no others.
 *
 * @param arns by data center: whole ARNs of secrets, or ARNs of paths, {@code …/*}. For {@link #EACH} data center: ARNs
 *     of paths; below such a path it may use the secret with its own name, and everything below that name
 */
public record SecretGrants(Map<String, List<String>> arns) {

    /** Stands for every data center; no data center has this name. */
    public static final String EACH = "*";

    /** None at all. */
    public static final SecretGrants NONE = new SecretGrants(Map.of());

    private static final String PATH = "/*";
    private static final String NAME = ":secret:";
    private static final int SUFFIX_OF_AN_ARN = "-AbCdEf".length();
    private static final Pattern ARN = Pattern.compile(
            "arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\\d{12}:secret:[A-Za-z0-9/_+=.@-]+(?:-[A-Za-z0-9]{6}|/\\*)");

    public SecretGrants {
        Map<String, List<String>> copy = new TreeMap<>();
        arns.forEach((dataCenter, granted) -> {
            granted.forEach(arn -> requireArn(dataCenter, arn));
            copy.put(dataCenter, List.copyOf(granted));
        });
        arns = Collections.unmodifiableMap(copy);
    }

    /** @throws IllegalArgumentException if it cannot be granted to this data center, or to any */
    public static String requireArn(String dataCenter, String arn) {
        if (!dataCenter.equals(EACH)) {
            DataCenter.requireName(dataCenter);
        }
        if (!ARN.matcher(arn).matches()) {
            throw new IllegalArgumentException(
                    Quoted.of(arn) + " is not one; write the secret's whole ARN, with the six"
                            + " characters at its end, or that of a path of secrets, with /* at its end");
        }
        if (dataCenter.equals(EACH) && !arn.endsWith(PATH)) {
            throw new IllegalArgumentException(Quoted.of(arn)
                    + " is one secret, and no two data centers share one; write the ARN of a path, with /*"
                    + " at its end, below which each has its own, or name the data center");
        }
        return arn;
    }

    /** Reads grants as an argument gives them, {@code fra1=ARN,nyc1=ARN,*=ARN}; {@link #toString} writes them so. */
    public static SecretGrants parse(String text) {
        Map<String, List<String>> arns = new TreeMap<>();
        for (String grant : text.split(",", -1)) {
            int equals = grant.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("holds " + Quoted.of(grant)
                        + "; write DATA_CENTER=ARN, separated by commas, or *=ARN of a path");
            }
            arns.computeIfAbsent(grant.substring(0, equals), name -> new ArrayList<>())
                    .add(grant.substring(equals + 1));
        }
        return new SecretGrants(arns);
    }

    /** All ARNs, each once. */
    public List<String> all() {
        return arns.values().stream().flatMap(Collection::stream).distinct().toList();
    }

    /**
     * The secret that the store is asked for when an option refers to {@code secret}.
     *
     * @param secret the name or ARN in the data center's option, the ARN with or without its suffix
     * @return empty if the data center may not use it
     */
    public Optional<String> secretFor(String dataCenter, String secret) {
        Optional<String> own = arns.getOrDefault(dataCenter, List.of()).stream()
                .filter(arn -> arn.endsWith(PATH) ? isBelow(arn, "", secret) : isMeant(arn, secret))
                .map(arn -> arn.endsWith(PATH) ? secret : arn)
                .findFirst();
        return own.or(() -> arns.getOrDefault(EACH, List.of()).stream()
                .filter(arn -> isBelow(arn, dataCenter + "/", secret) || isAt(arn, dataCenter, secret))
                .map(arn -> secret)
                .findFirst());
    }

    private static boolean isMeant(String arn, String secret) {
        String withoutSuffix = arn.substring(0, arn.length() - SUFFIX_OF_AN_ARN);
        return secret.equals(arn) || secret.equals(withoutSuffix) || secret.equals(name(withoutSuffix));
    }

    private static boolean isBelow(String path, String folder, String secret) {
        String start = path.substring(0, path.length() - 1) + folder;
        return secret.startsWith(secret.startsWith("arn:") ? start : name(start));
    }

    /**
     * Matches a name, or an ARN without its suffix. A name with a suffix could be the longer name of another secret.
     */
    private static boolean isAt(String path, String dataCenter, String secret) {
        String arn = path.substring(0, path.length() - 1) + dataCenter;
        return secret.equals(arn) || secret.equals(name(arn));
    }

    private static String name(String arn) {
        return arn.substring(arn.indexOf(NAME) + NAME.length());
    }

    @Override
    public String toString() {
        return arns.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(arn -> entry.getKey() + "=" + arn))
                .collect(Collectors.joining(","));
    }
}
