package io.tributary.config.kafka;

import io.tributary.cli.Suggestions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The ways to log in to a Kafka that are widely known, each with the login modules of Kafka and AWS that fit it. */
enum SaslMechanism {
    /** Scram's module hands over name and password just as Plain's does; the reverse does not hold. */
    PLAIN("PLAIN", Modules.PLAIN, Modules.SCRAM),
    SCRAM_SHA_256("SCRAM-SHA-256", Modules.SCRAM),
    SCRAM_SHA_512("SCRAM-SHA-512", Modules.SCRAM),
    /** Logs in with a module of the JDK, which differs by vendor. */
    GSSAPI("GSSAPI"),
    OAUTHBEARER("OAUTHBEARER", Modules.OAUTHBEARER),
    AWS_MSK_IAM("AWS_MSK_IAM", Modules.AWS_MSK_IAM);

    /** What Kafka takes if none is written. */
    static final SaslMechanism DEFAULT = GSSAPI;

    /** In a class that is written out, so many wrong letters are a mistake; with more it is another class. */
    static final int MAX_CLASS_EDIT_DISTANCE = 3;

    private static final int MAX_NAME_EDIT_DISTANCE = 2;

    private final String written;
    private final List<String> modules;

    SaslMechanism(String written, String... modules) {
        this.written = written;
        this.modules = List.of(modules);
    }

    /** Nothing for one that is not known here, which may be of one's own. */
    static Optional<SaslMechanism> of(String name) {
        return Arrays.stream(values())
                .filter(mechanism -> mechanism.written.equals(name))
                .findFirst();
    }

    /** The name of the known mechanism that was mistaken. */
    static Optional<String> meantBy(String name) {
        return of(name).isPresent()
                ? Optional.empty()
                : Suggestions.within(
                        MAX_NAME_EDIT_DISTANCE,
                        name,
                        Arrays.stream(values()).map(SaslMechanism::toString).toList());
    }

    /** The login module of Kafka or AWS that is named, be it with mistakes; nothing for one of somebody else. */
    static Optional<String> knownModule(String module) {
        return Suggestions.within(MAX_CLASS_EDIT_DISTANCE, module, Modules.ALL);
    }

    /** Whether a class is a login module of Kafka or AWS. */
    static boolean isModule(String name) {
        return Modules.ALL.contains(name);
    }

    /** The mechanisms that a login module fits. */
    static List<SaslMechanism> withModule(String module) {
        return Arrays.stream(values())
                .filter(mechanism -> mechanism.modules.contains(module))
                .toList();
    }

    /** The login modules that fit, the usual one first; none if they are neither Kafka's nor AWS's. */
    List<String> modules() {
        return modules;
    }

    /** As Kafka writes it. */
    @Override
    public String toString() {
        return written;
    }

    private static final class Modules {
        static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule";
        static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule";
        static final String OAUTHBEARER = "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule";
        static final String AWS_MSK_IAM = "software.amazon.msk.auth.iam.IAMLoginModule";
        static final List<String> ALL = List.of(PLAIN, SCRAM, OAUTHBEARER, AWS_MSK_IAM);
    }
}
