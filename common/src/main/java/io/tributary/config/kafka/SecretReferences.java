package io.tributary.config.kafka;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a value refers to a secret that stands elsewhere, in the environment, in a file or in AWS Secrets Manager. */
public final class SecretReferences {

    /** Group 1 is a variable's name, or else group 2 a file's path, or else group 3 a secret and group 4 a key in it. */
    public static final Pattern REFERENCE = Pattern.compile(
            "\\$\\{(?:env:([A-Za-z_][A-Za-z0-9_]*)|file:(/[^}]+)" + "|secret:([A-Za-z0-9/_+=.@:-]+)(?:#([^}#]+))?)}");

    /** The forms in words, for messages. */
    static final String FORMS = "${env:NAME}, ${file:/path} or ${secret:NAME#KEY}";

    private SecretReferences() {}

    static boolean isOnlyReferences(String value) {
        return !value.isBlank() && rest(value).isBlank();
    }

    static boolean holdsAny(String value) {
        return REFERENCE.matcher(value).find();
    }

    /** Refuses what looks like a reference and is none, since it would reach Kafka as it stands. */
    static void requireWellFormed(String value) {
        if (rest(value).contains("${")) {
            throw new IllegalArgumentException("holds ${…} that is not a reference; write ${env:NAME}, ${file:/path}"
                    + " with an absolute path, or ${secret:NAME#KEY} with the name or ARN of a secret in AWS Secrets"
                    + " Manager");
        }
    }

    /** The value with what each reference yields in its place; that is not searched for further ones. */
    static String replaceEach(String value, UnaryOperator<String> yields) {
        return REFERENCE
                .matcher(value)
                .replaceAll(reference -> Matcher.quoteReplacement(yields.apply(reference.group())));
    }

    /** The value with a blank in the place of each reference. */
    static String rest(String value) {
        return REFERENCE.matcher(value).replaceAll(" ");
    }
}
