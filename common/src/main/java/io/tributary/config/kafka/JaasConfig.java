package io.tributary.config.kafka;

import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Kafka login line: {@code some.LoginModule required name="value" …;}.
 *
 * <p>Only options that are known to be no secret may be in clear, since a login module may give its secret any name.
 */
public final class JaasConfig {

    private static final String OPTION = "([A-Za-z][\\w.-]*+)\\s*=\\s*(?:\"((?:[^\"\\\\]++|\\\\.)*+)\"|([^\\s;\"]++))";

    private static final Pattern LINE =
            Pattern.compile("\\s*(?<module>[\\w.$]++)\\s+(?:required|requisite|sufficient|optional)(?<options>(?:\\s+"
                    + OPTION + ")*+)\\s*;\\s*");

    private static final Pattern NAMED_VALUE = Pattern.compile(OPTION);

    /** The form of a line that is stored elsewhere. Kafka's parser accepts single quotes as well. */
    private static final Pattern YIELDED =
            Pattern.compile("\\s*[\\w.$]++\\s+(?i:required|requisite|sufficient|optional)"
                    + "(?:\\s+[A-Za-z][\\w.-]*+\\s*=\\s*(?:\"(?:[^\"\\\\\n\r]++|\\\\.)*+\"|'(?:[^'\\\\\n\r]++|\\\\.)*+'|[^\\s;\"']++))*+"
                    + "\\s*;\\s*");

    private static final Set<String> HARMLESS = Set.of(
            "username",
            "clientId",
            "scope",
            "tokenauth",
            "serviceName",
            "principal",
            "keyTab",
            "ticketCache",
            "awsProfileName",
            "awsRoleArn",
            "awsRoleSessionName",
            "awsStsRegion",
            "awsMaxRetries",
            "awsMaxBackOffTimeMs");

    private JaasConfig() {}

    /** Whether a Kafka option holds a login line. */
    public static boolean isNameOfOption(String key) {
        return key.equals("sasl.jaas.config");
    }

    /** The login module; empty if the option is a reference to a line that is stored elsewhere. */
    static Optional<String> module(String value) {
        Matcher line = LINE.matcher(value);
        return line.matches() ? Optional.of(line.group("module")) : Optional.empty();
    }

    /** Whether a resolved line can be parsed. Kafka's own error message would show parts of it. */
    public static boolean isReadable(String line) {
        return YIELDED.matcher(line).matches();
    }

    /** The login module that Kafka would use, from a resolved line. */
    public static String firstWord(String line) {
        return line.strip().split("\\s", 2)[0];
    }

    /**
     * The line with each reference replaced. Inside a line, a reference yields one value, whichever characters it
     * contains. If the whole option is a reference, it yields a line.
     *
     * @param secrets replaces the references of a text
     */
    public static String resolve(String value, UnaryOperator<String> secrets) {
        Matcher line = LINE.matcher(value);
        if (!line.matches()) {
            return secrets.apply(value);
        }
        String options = NAMED_VALUE.matcher(line.group("options")).replaceAll(option -> {
            String quoted = option.group(2) == null
                    ? escaped(secrets.apply(option.group(3)))
                    : SecretReferences.replaceEach(option.group(2), reference -> escaped(secrets.apply(reference)));
            return Matcher.quoteReplacement(option.group(1) + "=\"" + quoted + "\"");
        });
        return value.substring(0, line.start("options")) + options + value.substring(line.end("options"));
    }

    /** The value escaped for Kafka's parser, in which a line break would end a quoted value. */
    private static String escaped(String value) {
        return value.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }

    static boolean holdsSecret(String value) {
        if (SecretReferences.isOnlyReferences(value)) {
            return false;
        }
        Matcher line = LINE.matcher(value);
        return !line.matches()
                || NAMED_VALUE.matcher(line.group("options")).results().anyMatch(option -> {
                    String text = option.group(2) == null ? option.group(3) : option.group(2);
                    return !HARMLESS.contains(option.group(1))
                            && !text.matches("true|false")
                            && !SecretReferences.isOnlyReferences(text);
                });
    }
}
