package io.tributary.cdk;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.cdk.TemplateChecks.Resource;
import java.util.List;

/** No security group allows traffic to the whole internet, where a job could send what it knows. */
final class EgressChecks {

    private static final String IPV6 = "CidrIpv6";

    private final List<Resource> all;
    private final List<String> problems;

    EgressChecks(List<Resource> all, List<String> problems) {
        this.all = all;
        this.problems = problems;
    }

    void run() {
        for (Resource resource : all) {
            if (resource.is("AWS::EC2::SecurityGroup")) {
                resource.property("SecurityGroupEgress").forEach(rule -> check(resource, rule));
            } else if (resource.is("AWS::EC2::SecurityGroupEgress")) {
                check(resource, resource.body().path("Properties"));
            }
        }
    }

    private void check(Resource resource, JsonNode rule) {
        String network = rule.path("CidrIp").asText();
        if (rule.has(IPV6) || isWide(network)) {
            problems.add(resource.words() + " lets out to " + network
                    + rule.path(IPV6).asText() + ", which is more than a network of one's own");
        }
    }

    private static boolean isWide(String network) {
        try {
            if (!network.isEmpty()) {
                Ipv4Network.parse(network).requireNarrow();
            }
            return false;
        } catch (IllegalArgumentException e) {
            return true;
        }
    }
}
