package io.tributary.cdk;

import io.tributary.cdk.StageSettings.Peer;
import io.tributary.config.DataCenter;
import io.tributary.config.DataCenters;
import io.tributary.config.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whether the active data centres of a stage can be read with what its settings open to the stream. */
final class DataCenterChecks {

    private static final String MSK_LOGIN = "AWS_MSK_IAM";
    private static final Pattern ONLY_NUMBERS = Pattern.compile("[\\d.]+");
    private static final Pattern KEY_TABLE = Pattern.compile("(?i)\\bkeytab\\s*=");
    private static final String PATH = "/*";
    private static final int SUFFIX_OF_AN_ARN = "-AbCdEf".length();

    private final StageSettings settings;
    private final List<String> problems = new ArrayList<>();

    private DataCenterChecks(StageSettings settings) {
        this.settings = settings;
    }

    /** All that stands in the way, each with its remedy. */
    static List<String> of(DataCenters dataCenters, StageSettings settings) {
        DataCenterChecks checks = new DataCenterChecks(settings);
        dataCenters.all().stream()
                .filter(dataCenter -> dataCenter.state() == DataCenter.State.ACTIVE)
                .forEach(checks::check);
        return checks.problems;
    }

    private void check(DataCenter dataCenter) {
        for (String broker : dataCenter.bootstrapServers().split(",", -1)) {
            whyClosed(broker).ifPresent(why -> add(dataCenter, "bootstrap_servers: " + broker + " " + why));
        }
        dataCenter.kafka().forEach((key, value) -> check(dataCenter, key, value));
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
        if (port == NetworkStack.HTTPS || mayBeTrial) {
            return Optional.empty();
        }
        // Where a name leads to is known in the stage's network alone.
        boolean isOpen = settings.network().kafka().stream()
                .filter(peer -> peer.port() == port)
                .map(Peer::network)
                .anyMatch(network -> !isAddress || network.contains(host));
        return isOpen
                ? Optional.empty()
                : Optional.of("cannot be reached, since network.kafka of the stage opens only "
                        + settings.network().kafka() + "; add its network and port there");
    }

    private void check(DataCenter dataCenter, String key, String value) {
        if (key.startsWith("ssl.") && key.endsWith(".location")) {
            String store = key.substring(0, key.length() - ".location".length());
            add(
                    dataCenter,
                    "kafka." + key + ": names a file, and a worker of Glue has none of yours; write " + store
                            + ".type: PEM and the text itself as a reference to a secret, as docs/configuration.md shows");
        }
        if (KEY_TABLE.matcher(value).find()) {
            add(
                    dataCenter,
                    "kafka." + key
                            + ": names a key table, a file that a worker of Glue does not have; log in by SCRAM, by a"
                            + " certificate or by IAM");
        }
        for (String reference : Secrets.referencesToMachine(value)) {
            add(
                    dataCenter,
                    "kafka." + key + ": " + reference + " refers to what a worker of Glue does not have; put the"
                            + " secret into AWS Secrets Manager and write ${secret:NAME#KEY}");
        }
        for (String secret : Secrets.referencesToStore(value)) {
            if (settings.secrets().stream().noneMatch(listed -> isMeant(listed, secret))) {
                add(
                        dataCenter,
                        "kafka." + key + ": the stream may not read the secret " + secret
                                + "; add its ARN to secrets of the stage");
            }
        }
        if (key.equals("sasl.mechanism")
                && value.equals(MSK_LOGIN)
                && settings.mskClusters().isEmpty()
                && !hasTrialKafka()) {
            add(
                    dataCenter,
                    "kafka.sasl.mechanism: the stream may log in to no cluster by IAM; add the cluster's ARN to"
                            + " msk_clusters of the stage");
        }
    }

    /**
     * Whether what the stage lists is the secret that a reference names, by all of its ARN, by all but the suffix, or by
     * name.
     */
    private boolean isMeant(String listed, String reference) {
        String arn = reference.startsWith("arn:")
                ? reference
                : "arn:aws:secretsmanager:" + settings.region() + ":" + settings.account() + ":secret:" + reference;
        if (listed.endsWith(PATH)) {
            return arn.startsWith(listed.substring(0, listed.length() - 1));
        }
        return listed.equals(reference)
                || listed.substring(0, listed.length() - SUFFIX_OF_AN_ARN).equals(arn);
    }

    private boolean hasTrialKafka() {
        return !settings.trialKafka().isEmpty();
    }

    private void add(DataCenter dataCenter, String problem) {
        problems.add(dataCenter.name() + ": " + problem);
    }
}
