package io.tributary.config.kafka;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** References to secrets that are stored elsewhere: in the environment, in a file or in AWS Secrets Manager. */
public final class SecretReferences {

    /**
     * Group 1 is a variable's name; or group 2 is a file's path; or group 3 is a secret and group 4 its key. A path ends
     * before another reference begins, so that a text of many beginnings takes no longer than its length.
     */
    public static final Pattern REFERENCE = Pattern.compile("\\$\\{(?:env:([A-Za-z_][A-Za-z0-9_]*+)"
            + "|file:(/(?:[^}$]++|\\$(?!\\{))++)"
            + "|secret:([A-Za-z0-9/_+=.@:-]++)(?:#([^}#]++))?+)}");

    /** The forms in words, for messages. */
    static final String FORMS = "${env:NAME}, ${file:/path} or ${secret:NAME#KEY}";

    private SecretReferences() {}

    public static boolean isOnlyReferences(String value) {
        return !value.isBlank() && rest(value).isBlank();
    }

    static boolean holdsAny(String value) {
        return REFERENCE.matcher(value).find();
    }

    /** Rejects text that looks like a reference and is none, since Kafka would receive it as written. */
    public static void requireWellFormed(String value) {
        if (rest(value).contains("${")) {
            throw new IllegalArgumentException("holds ${…} that is not a reference; write ${env:NAME}, ${file:/path}"
                    + " with an absolute path, or ${secret:NAME#KEY} with the name or ARN of a secret in AWS Secrets"
                    + " Manager");
        }
    }

    /** The value with each reference replaced. The replacement is not searched for further references. */
    static String replaceEach(String value, UnaryOperator<String> yields) {
        return REFERENCE
                .matcher(value)
                .replaceAll(reference -> Matcher.quoteReplacement(yields.apply(reference.group())));
    }

    /** The value with a blank in place of each reference. */
    static String rest(String value) {
        return REFERENCE.matcher(value).replaceAll(" ");
    }
}
