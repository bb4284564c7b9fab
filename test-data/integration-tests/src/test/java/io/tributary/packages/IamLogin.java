package io.tributary.packages;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.security.auth.Subject;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.sasl.Sasl;
import javax.security.sasl.SaslClient;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;

/**
 * Logs in to MSK by IAM as Kafka's client does, with the classes that a data center's options name, up to the first
 * message to a broker, and prints that.
 */
public final class IamLogin {

    private static final String MECHANISM = "AWS_MSK_IAM";
    private static final String BROKER = "b-1.events.0a1b2c.c1.kafka.eu-central-1.amazonaws.com";

    private IamLogin() {}

    public static void main(String[] arguments) throws Exception {
        AppConfigurationEntry entry = new AppConfigurationEntry(
                "software.amazon.msk.auth.iam.IAMLoginModule", LoginModuleControlFlag.REQUIRED, Map.of());
        AuthenticateCallbackHandler handler = Class.forName("software.amazon.msk.auth.iam.IAMClientCallbackHandler")
                .asSubclass(AuthenticateCallbackHandler.class)
                .getDeclaredConstructor()
                .newInstance();
        handler.configure(Map.of(), MECHANISM, List.of(entry));
        new LoginContext("KafkaClient", new Subject(), handler, only(entry)).login();
        SaslClient client = Sasl.createSaslClient(new String[] {MECHANISM}, null, "kafka", BROKER, Map.of(), handler);
        System.out.println(new String(client.evaluateChallenge(new byte[0]), StandardCharsets.UTF_8));
    }

    private static Configuration only(AppConfigurationEntry entry) {
        return new Configuration() {
            @Override
            public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
                return new AppConfigurationEntry[] {entry};
            }
        };
    }
}
