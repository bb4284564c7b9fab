package io.tributary.config;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Kafka login line: {@code some.LoginModule required name="value" …;}.
 *
 * <p>Only what is known to be harmless may stand in it in clear; a login module may call its secret anything.
 */
final class JaasLine {

    private static final String OPTION = "([A-Za-z][\\w.-]*+)\\s*=\\s*(?:\"((?:[^\"\\\\]++|\\\\.)*+)\"|([^\\s;\"]++))";

    private static final Pattern LINE =
            Pattern.compile("\\s*(?<module>[\\w.$]++)\\s+(?:required|requisite|sufficient|optional)(?<options>(?:\\s+"
                    + OPTION + ")*+)\\s*;\\s*");

    private static final Pattern NAMED_VALUE = Pattern.compile(OPTION);

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

    private JaasLine() {}

    /** The class that logs in; nothing if the line stands elsewhere and is referred to. */
    static Optional<String> module(String value) {
        Matcher line = LINE.matcher(value);
        return line.matches() ? Optional.of(line.group("module")) : Optional.empty();
    }

    static boolean holdsSecret(String value) {
        if (References.isOnlyReferences(value)) {
            return false;
        }
        Matcher line = LINE.matcher(value);
        return !line.matches()
                || NAMED_VALUE.matcher(line.group("options")).results().anyMatch(option -> {
                    String text = option.group(2) == null ? option.group(3) : option.group(2);
                    return !HARMLESS.contains(option.group(1))
                            && !text.matches("true|false")
                            && !References.isOnlyReferences(text);
                });
    }
}
