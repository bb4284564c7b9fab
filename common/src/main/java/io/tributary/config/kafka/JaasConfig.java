package io.tributary.config.kafka;

import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Kafka login line: {@code some.LoginModule required name="value" …;}.
 *
 * <p>Only what is known to be harmless may stand in it in clear; a login module may call its secret anything.
 */
public final class JaasConfig {

    private static final String OPTION = "([A-Za-z][\\w.-]*+)\\s*=\\s*(?:\"((?:[^\"\\\\]++|\\\\.)*+)\"|([^\\s;\"]++))";

    private static final Pattern LINE =
            Pattern.compile("\\s*(?<module>[\\w.$]++)\\s+(?:required|requisite|sufficient|optional)(?<options>(?:\\s+"
                    + OPTION + ")*+)\\s*;\\s*");

    private static final Pattern NAMED_VALUE = Pattern.compile(OPTION);

    /** What a line that stands elsewhere may look like; Kafka's parser takes single quotes as well. */
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

    /** Whether a Kafka option takes a login line. */
    public static boolean isNameOfOption(String key) {
        return key.equals("sasl.jaas.config");
    }

    /** The class that logs in; nothing if the line stands elsewhere and is referred to. */
    static Optional<String> module(String value) {
        Matcher line = LINE.matcher(value);
        return line.matches() ? Optional.of(line.group("module")) : Optional.empty();
    }

    /** Whether a line whose secrets are in place can be read; what Kafka says of one that cannot shows pieces of it. */
    public static boolean isReadable(String line) {
        return YIELDED.matcher(line).matches();
    }

    /** What Kafka takes for the class that logs in, in a line whose secrets are in place. */
    public static String firstWord(String line) {
        return line.strip().split("\\s", 2)[0];
    }

    /**
     * The line with each reference replaced. What a reference inside a line yields is one value, whichever characters it
     * holds; what the line as a whole refers to is a line already.
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

    /** As Kafka's parser reads it between quotes, where a line break would end the value. */
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
