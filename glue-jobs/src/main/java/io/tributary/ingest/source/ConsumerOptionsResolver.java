package io.tributary.ingest.source;

import io.tributary.config.DataCenter;
import io.tributary.config.PipelineConfig;
import io.tributary.config.Secrets;
import io.tributary.config.kafka.ResolvedOptions;
import io.tributary.ingest.format.RegistryResolver;
import io.tributary.ingest.read.ConsumerOptions;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.SaslConfigs;

/** Resolves the options of a data center's consumers when a batch is planned, since secrets may have been rotated. */
public final class ConsumerOptionsResolver implements SourceContext.Consumers {

    /** Defaults for reading in batches; the data center's own options override them. */
    private static final Map<String, String> DEFAULTS = Map.of(
            ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "3000",
            ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000",
            ConsumerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, "3000",
            // A poll is also bounded in bytes, except for records that consist of headers alone.
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "500",
            // What one connection may hold of records that are still compressed.
            ConsumerConfig.FETCH_MAX_BYTES_CONFIG, Integer.toString(16 << 20),
            ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
            // Kafka's own default is to wait for the login's endpoint without end.
            SaslConfigs.SASL_LOGIN_CONNECT_TIMEOUT_MS, "3000",
            SaslConfigs.SASL_LOGIN_READ_TIMEOUT_MS, "5000",
            // Over a long distance a large receive buffer is needed; the operating system finds its size.
            ConsumerConfig.RECEIVE_BUFFER_CONFIG, "-1");

    private final Secrets secrets;
    private final RegistryResolver registries;

    public ConsumerOptionsResolver(Secrets secrets, PipelineConfig config) {
        this.secrets = secrets;
        this.registries = new RegistryResolver(config, secrets);
    }

    @Override
    public ConsumerOptions optionsOf(DataCenter center) {
        Map<String, String> options = new HashMap<>(DEFAULTS);
        options.putAll(secrets.options(center).forClient());
        options.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, center.bootstrapServers());
        options.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        options.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        options.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        return new ConsumerOptions(
                new ResolvedOptions(center.name(), options),
                registries.of(center).orElse(null));
    }
}
