package io.tributary.cdk;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.cdk.TemplateChecks.Resource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The security groups open what the settings name and nothing else: outgoing to the brokers, for the group of the jobs that
 * read Kafka, and to AWS's services; incoming from the group itself; and for a trial cluster from the jobs that read it.
 */
final class NetworkChecks {

    private static final String JOBS = "<" + JobAccess.KAFKA.groupId() + ":GroupId>";
    private static final String BROKERS = "<Brokers:GroupId>";

    /** The rule with which CDK keeps EC2 from one that allows everything. */
    private static final String NOTHING = "255.255.255.255/32 icmp 252-86";

    /** Of a rule: whom it names. */
    private static final List<String> PEERS = List.of(
            "CidrIp",
            "CidrIpv6",
            "DestinationPrefixListId",
            "DestinationSecurityGroupId",
            "SourcePrefixListId",
            "SourceSecurityGroupId",
            "SourceSecurityGroupName",
            "SourceSecurityGroupOwnerId");

    private final List<Resource> all;
    private final List<String> problems;
    private final Set<String> allowed = new HashSet<>();

    NetworkChecks(List<Resource> all, StageSettings settings, List<String> problems) {
        this.all = all;
        this.problems = problems;
        for (JobAccess access : JobAccess.values()) {
            String group = "<" + access.groupId() + ":GroupId>";
            allowed.add(group + " in " + group + " tcp 0-65535");
            allowed.add(group + " out " + group + " tcp 0-65535");
            settings.network().https().forEach(place -> allowed.add(group + " out " + place + " tcp 443-443"));
        }
        settings.network()
                .kafka()
                .forEach(peer -> allowed.add(
                        JOBS + " out " + peer.network() + " tcp " + peer.firstPort() + "-" + peer.lastPort()));
        if (!settings.trialKafka().isEmpty()) {
            String port = " tcp " + TrialKafkaStack.IAM_PORT + "-" + TrialKafkaStack.IAM_PORT;
            allowed.add(BROKERS + " out " + NOTHING);
            Stream.of(
                            BROKERS + " in " + BROKERS,
                            BROKERS + " in " + JOBS,
                            BROKERS + " out " + BROKERS,
                            JOBS + " out " + BROKERS)
                    .forEach(rule -> allowed.add(rule + port));
        }
    }

    void run() {
        for (Resource resource : all) {
            if (resource.is("AWS::EC2::SecurityGroup")) {
                String group = "<" + TemplateValue.withoutHash(resource.id()) + ":GroupId>";
                resource.property("SecurityGroupEgress").forEach(rule -> check(resource, group, "out", rule));
                resource.property("SecurityGroupIngress").forEach(rule -> check(resource, group, "in", rule));
                // Without a rule of its own EC2 gives a group one that allows everything.
                if (resource.property("SecurityGroupEgress").isEmpty()) {
                    problems.add(resource.words() + " lets out to everywhere, since it names nothing");
                }
            } else if (resource.is("AWS::EC2::SecurityGroupEgress")) {
                check(resource, group(resource), "out", resource.body().path("Properties"));
            } else if (resource.is("AWS::EC2::SecurityGroupIngress")) {
                check(resource, group(resource), "in", resource.body().path("Properties"));
            }
        }
    }

    private static String group(Resource rule) {
        return TemplateValue.of(rule.property("GroupId"), "aws");
    }

    private void check(Resource resource, String group, String direction, JsonNode rule) {
        List<String> peers = PEERS.stream()
                .filter(rule::has)
                .map(peer -> TemplateValue.of(rule.path(peer), "aws"))
                .toList();
        String words = group + " " + direction + " " + String.join(" and ", peers) + " "
                + rule.path("IpProtocol").asText() + " " + rule.path("FromPort").asText() + "-"
                + rule.path("ToPort").asText();
        if (!allowed.contains(words)) {
            problems.add(resource.words() + " lets " + (direction.equals("in") ? "in from " : "out to ")
                    + String.join(" and ", peers) + ", which network of the stage does not name: " + words);
        }
    }
}
