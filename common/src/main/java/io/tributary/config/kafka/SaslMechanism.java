package io.tributary.config.kafka;

import io.tributary.cli.Suggestions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The well-known SASL mechanisms, each with the login modules of Kafka and AWS that fit it. */
enum SaslMechanism {
    /** SCRAM's login module provides name and password just as PLAIN's does. The reverse is not true. */
    PLAIN("PLAIN", Modules.PLAIN, Modules.SCRAM),
    SCRAM_SHA_256("SCRAM-SHA-256", Modules.SCRAM),
    SCRAM_SHA_512("SCRAM-SHA-512", Modules.SCRAM),
    /** Kerberos. Its login module belongs to the JDK and differs by vendor. */
    GSSAPI("GSSAPI"),
    OAUTHBEARER("OAUTHBEARER", Modules.OAUTHBEARER),
    AWS_MSK_IAM("AWS_MSK_IAM", Modules.AWS_MSK_IAM);

    /** Kafka's default. */
    static final SaslMechanism DEFAULT = GSSAPI;

    /** A class name that differs by at most this many letters is a spelling mistake; otherwise it is another class. */
    static final int MAX_CLASS_EDIT_DISTANCE = 3;

    private static final int MAX_NAME_EDIT_DISTANCE = 2;

    private final String written;
    private final List<String> modules;

    SaslMechanism(String written, String... modules) {
        this.written = written;
        this.modules = List.of(modules);
    }

    /** The mechanism of this name; empty for an unknown one, which may be custom. */
    static Optional<SaslMechanism> of(String name) {
        return Arrays.stream(values())
                .filter(mechanism -> mechanism.written.equals(name))
                .findFirst();
    }

    /** The known mechanism of which this name is a misspelling. */
    static Optional<String> meantBy(String name) {
        return of(name).isPresent()
                ? Optional.empty()
                : Suggestions.within(
                        MAX_NAME_EDIT_DISTANCE,
                        name,
                        Arrays.stream(values()).map(SaslMechanism::toString).toList());
    }

    /** The login module of Kafka or AWS that is named, even if misspelled; empty for any other. */
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

    /** The login modules that fit, the usual one first; empty if they belong to neither Kafka nor AWS. */
    List<String> modules() {
        return modules;
    }

    /** The name as Kafka writes it. */
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
