package io.tributary.operations.datacenter.check;

import io.tributary.config.DataCenter;
import io.tributary.ingest.discovery.KafkaErrors;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;

/** What a failure of Kafka's client means for a data center's entry. */
final class Failures {

    private static final String PROTOCOL = "security.protocol";

    private Failures() {}

    static CheckResult result(DataCenter center, Throwable failure) {
        String words = KafkaErrors.describe(failure);
        if (is(failure, SslAuthenticationException.class)) {
            return CheckResult.fail(
                    "login",
                    "TLS fails: " + words,
                    "correct ssl.truststore.certificates, the client's certificate, or the brokers' names");
        }
        if (is(failure, AuthenticationException.class)) {
            return CheckResult.fail(
                    "login",
                    "refused: " + words,
                    "correct sasl.mechanism and sasl.jaas.config, or the secret that they refer to");
        }
        if (is(failure, AuthorizationException.class)) {
            return CheckResult.fail(
                    "permission", words, "allow DESCRIBE and READ on its topics to the login that the entry names");
        }
        if (is(failure, ConfigException.class)) {
            return CheckResult.fail("options", words, "correct kafka of the entry");
        }
        if (is(failure, TimeoutException.class) || is(failure, org.apache.kafka.common.errors.TimeoutException.class)) {
            return CheckResult.fail(
                    "login",
                    "the brokers take connections and do not answer as Kafka by "
                            + center.kafka().getOrDefault(PROTOCOL, "PLAINTEXT"),
                    "compare " + PROTOCOL + " with the listener of that port: a listener that wants TLS or a login is"
                            + " silent to others");
        }
        return CheckResult.fail("cluster", words, "ask who runs the cluster");
    }

    private static boolean is(Throwable failure, Class<? extends Throwable> kind) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(20)
                .anyMatch(kind::isInstance);
    }
}
