package io.tributary.ingest.discovery;

import io.tributary.config.DataCenter;
import io.tributary.config.Secrets;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.config.SaslConfigs;

/**
 * The options of the admin clients that query a data center's Kafka. The data center's own options override the
 * defaults set here.
 */
public final class AdminClientOptions {

    private AdminClientOptions() {}

    public static Properties of(DataCenter center, Secrets secrets, Duration deadline) {
        long millis = deadline.toMillis();
        Properties settings = new Properties();
        settings.setProperty(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, center.bootstrapServers());
        settings.setProperty(AdminClientConfig.CLIENT_ID_CONFIG, "tributary-" + center.name());
        settings.setProperty(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Long.toString(millis));
        settings.setProperty(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Long.toString(Math.max(1, millis * 2 / 3)));
        settings.setProperty(
                AdminClientConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, Long.toString(Math.max(1, millis / 3)));
        // Kafka's own default is to wait for the login's endpoint without end.
        settings.setProperty(SaslConfigs.SASL_LOGIN_CONNECT_TIMEOUT_MS, Long.toString(Math.max(1, millis)));
        settings.setProperty(SaslConfigs.SASL_LOGIN_READ_TIMEOUT_MS, Long.toString(Math.max(1, 2 * millis)));
        secrets.options(center).forClient().forEach(settings::setProperty);
        raiseToRequestTimeout(settings);
        return settings;
    }

    /** Kafka rejects a client whose call timeout is shorter than its request timeout. */
    private static void raiseToRequestTimeout(Properties settings) {
        String api = settings.getProperty(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG);
        String request = settings.getProperty(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG);
        if (isNumber(api) && isNumber(request) && Long.parseLong(request) > Long.parseLong(api)) {
            settings.setProperty(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, request);
        }
    }

    private static boolean isNumber(String text) {
        return text.matches("\\d{1,18}");
    }

    /**
     * The isolation level. Unless the entry sets another one, records of open and aborted transactions are not read.
     */
    public static IsolationLevel isolation(DataCenter center) {
        String chosen = center.kafka()
                .getOrDefault(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
                .toLowerCase(Locale.ROOT);
        return chosen.equals("read_uncommitted") ? IsolationLevel.READ_UNCOMMITTED : IsolationLevel.READ_COMMITTED;
    }
}
