package io.tributary.cdk;

import static io.tributary.cdk.SettingValues.matching;
import static io.tributary.cdk.SettingValues.required;

import io.tributary.cdk.StageSettings.Network;
import io.tributary.cdk.StageSettings.Peer;
import io.tributary.config.yaml.Section;
import java.util.List;

/** The section {@code network} of a stage's file: where the jobs run and what they may reach. */
final class NetworkParser {

    private static final String PREFIX_LIST = "pl-" + SettingValues.ID;
    private static final String SECURITY_GROUP = "sg-" + SettingValues.ID;
    private static final String PEER_EXAMPLE =
            "\"10.1.0.0/16:9096\", network and port, or \"10.1.0.0/16:14001-14100\" for several ports";

    /** More would open what is no broker. A cluster that is reached by AWS PrivateLink has a port for each broker. */
    private static final int MAX_PORTS = 1_000;

    private static final String HTTPS_EXAMPLE =
            "a prefix list (pl-0123456789abcdef0), a security group (sg-0123456789abcdef0) or a network (10.1.0.0/16)";

    /** The rules of a security group are 60 where nobody has asked AWS for more, and some are the stage's own. */
    private static final int MAX_PEERS = 50;

    private NetworkParser() {}

    /** @param region of the stage; empty if it is not known */
    static Network parse(Section section, String region) {
        String zone = required(section, "availability_zone", "[a-z0-9-]+[a-z]", "eu-central-1a");
        if (!zone.isEmpty() && !region.isEmpty() && !zone.startsWith(region)) {
            section.problem("availability_zone", "\"" + zone + "\" is no zone of the region " + region);
        }
        return new Network(
                required(section, "vpc", "vpc-" + SettingValues.ID, "vpc-0123456789abcdef0"),
                required(section, "subnet", SettingValues.SUBNET, SettingValues.SUBNET_EXAMPLE),
                zone,
                kafka(section),
                https(section));
    }

    private static List<Peer> kafka(Section section) {
        List<Peer> kafka = SettingValues.distinct(section, "kafka", NetworkParser::peer);
        if (section.lacks("kafka")) {
            section.problem("kafka", "is missing; list where the brokers are, for example [\"10.1.0.0/16:9096\"]");
        }
        if (kafka.size() > MAX_PEERS) {
            section.problem(
                    "kafka",
                    "are " + kafka.size() + ", and a security group takes " + MAX_PEERS
                            + " beside its own; name networks that hold several");
        }
        return kafka;
    }

    private static Peer peer(String text) {
        String peer = matching(Ipv4Network.FORM + ":\\d{1,5}(-\\d{1,5})?", PEER_EXAMPLE)
                .apply(text);
        int colon = peer.indexOf(':');
        String[] ports = peer.substring(colon + 1).split("-", -1);
        int first = Integer.parseInt(ports[0]);
        int last = Integer.parseInt(ports[ports.length - 1]);
        if (first < 1 || last > 65_535 || last < first) {
            throw new IllegalArgumentException("\"" + text + "\" has no port from 1 to 65535; write " + PEER_EXAMPLE);
        }
        if (last - first >= MAX_PORTS) {
            throw new IllegalArgumentException("\"" + text + "\" opens more than " + MAX_PORTS
                    + " ports, which no cluster has brokers for; name those that it listens at");
        }
        Ipv4Network network = Ipv4Network.parse(peer.substring(0, colon));
        network.requireNarrow();
        return new Peer(network, first, last);
    }

    /** Every service has an endpoint or a prefix list, so nothing has to be open to the world. */
    private static List<String> https(Section section) {
        if (section.lacks("https")) {
            section.problem(
                    "https",
                    "is missing; list where AWS's services are reached at port 443: the prefix list of S3's gateway"
                            + " endpoint, and the security groups or networks of the interface endpoints");
        }
        return SettingValues.distinct(section, "https", text -> {
            if (text.matches(Ipv4Network.FORM)) {
                Ipv4Network.parse(text).requireNarrow();
                return text;
            }
            return matching(PREFIX_LIST + "|" + SECURITY_GROUP, HTTPS_EXAMPLE).apply(text);
        });
    }
}
