package io.tributary.cdk;

import io.tributary.cdk.StageSettings.Peer;
import io.tributary.config.DataCenter;
import io.tributary.config.DataCenterAccess;
import io.tributary.config.DataCenters;
import io.tributary.config.RegistryConfig;
import io.tributary.runtime.RuntimeKind;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whether the active data centers of a stage can be read with what its settings open to the stream. */
final class DataCenterChecks {

    private static final String MECHANISM = "sasl.mechanism";
    private static final int HTTPS = 443;
    private static final int HTTP = 80;
    private static final String MSK_LOGIN = "AWS_MSK_IAM";
    private static final Pattern ONLY_NUMBERS = Pattern.compile("[\\d.]+");

    private final StageSettings settings;
    private final DataCenterAccess access;
    private final List<String> problems = new ArrayList<>();

    private DataCenterChecks(StageSettings settings) {
        this.settings = settings;
        this.access = new DataCenterAccess(RuntimeKind.GLUE, Optional.of(settings.secrets()), settings.kafkaTls());
    }

    /** All problems, each with its remedy. */
    static List<String> of(DataCenters dataCenters, StageSettings settings) {
        DataCenterChecks checks = new DataCenterChecks(settings);
        dataCenters.all().stream().filter(DataCenter::isEverRead).forEach(checks::check);
        return checks.problems;
    }

    private void check(DataCenter dataCenter) {
        for (String broker : dataCenter.bootstrapServers().split(",", -1)) {
            whyClosed(broker).ifPresent(why -> add(dataCenter, "bootstrap_servers: " + broker + " " + why));
        }
        Optional.ofNullable(dataCenter.registry()).ifPresent(registry -> check(dataCenter, registry));
        access.problems(dataCenter).forEach((key, sentence) -> add(dataCenter, key + ": " + sentence));
        if (MSK_LOGIN.equals(dataCenter.kafka().get(MECHANISM))
                && settings.mskClusters().isEmpty()
                && !hasTrialKafka()) {
            add(
                    dataCenter,
                    "kafka." + MECHANISM + ": the stream may log in to no cluster by IAM; add the cluster's ARN to"
                            + " msk_clusters of the stage");
        }
    }

    private void check(DataCenter dataCenter, RegistryConfig registry) {
        if (registry.type() == RegistryConfig.Type.GLUE) {
            if (settings.schemaRegistries().isEmpty()) {
                add(
                        dataCenter,
                        "registry.type: the stream may read no registry of AWS Glue; add the registry's ARN to"
                                + " schema_registries of the stage");
            }
            return;
        }
        URI url = URI.create(registry.url());
        int port = url.getPort() >= 0 ? url.getPort() : url.getScheme().equals("https") ? HTTPS : HTTP;
        whyClosed(url.getHost() + ":" + port).ifPresent(why -> add(dataCenter, "registry.url: " + url + " " + why));
    }

    private Optional<String> whyClosed(String broker) {
        int colon = broker.lastIndexOf(':');
        String host = broker.substring(0, colon);
        int port = Integer.parseInt(broker.substring(colon + 1));
        if (host.startsWith("[")) {
            return Optional.of(
                    "is an address of IPv6, and the jobs' security group lets them out to IPv4; give a name or"
                            + " an IPv4 address");
        }
        boolean isAddress = Ipv4Network.isAddress(host);
        if (!isAddress && ONLY_NUMBERS.matcher(host).matches()) {
            return Optional.of("is neither a name nor an address of IPv4; correct it");
        }
        // The trial cluster's brokers are known by name.
        boolean mayBeTrial = hasTrialKafka() && !isAddress && port == TrialKafkaStack.IAM_PORT;
        if (mayBeTrial) {
            return Optional.empty();
        }
        // Where a name leads to is known in the stage's network alone.
        boolean isOpen = settings.network().kafka().stream()
                .filter(peer -> peer.listensAt(port))
                .map(Peer::network)
                .anyMatch(network -> !isAddress || network.contains(host));
        return isOpen
                ? Optional.empty()
                : Optional.of("cannot be reached, since network.kafka of the stage opens only "
                        + settings.network().kafka() + "; add its network and port there");
    }

    private boolean hasTrialKafka() {
        return !settings.trialKafka().isEmpty();
    }

    private void add(DataCenter dataCenter, String problem) {
        problems.add(dataCenter.name() + ": " + problem);
    }
}
