package io.tributary.cdk;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.services.ec2.CfnSecurityGroupEgress;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.msk.CfnServerlessCluster;
import software.amazon.awscdk.services.msk.CfnServerlessCluster.ClientAuthenticationProperty;
import software.amazon.awscdk.services.msk.CfnServerlessCluster.IamProperty;
import software.amazon.awscdk.services.msk.CfnServerlessCluster.SaslProperty;
import software.amazon.awscdk.services.msk.CfnServerlessCluster.VpcConfigProperty;
import software.constructs.Construct;

/** A Kafka cluster to try the pipeline with, where no data center can be reached yet; clients prove who they are by IAM. */
final class TrialKafkaStack extends StageStack {

    static final int IAM_PORT = 9098;

    private final CfnServerlessCluster cluster;

    TrialKafkaStack(Construct scope, StageSettings settings, NetworkStack network) {
        // Without tags: MSK takes those of such a cluster when it is made and never again, so a change would make
        // another.
        super(scope, settings, "trial-kafka", "MSK Serverless cluster for trials", Map.of());
        SecurityGroup brokers = SecurityGroup.Builder.create(this, "Brokers")
                .vpc(network.vpc())
                .securityGroupName(names().of("trial-kafka"))
                .description("Brokers of the trial cluster of Tributary, stage " + settings.stage())
                .allowAllOutbound(false)
                .build();
        // Whoever makes topics there and sends puts a machine into the same group.
        brokers.addIngressRule(brokers, Port.tcp(IAM_PORT), "clients in this group");
        egress("AmongThemselves", brokers, brokers, "clients in this group");
        brokers.addIngressRule(network.group(JobAccess.KAFKA), Port.tcp(IAM_PORT), "workers of Tributary");
        egress("ToBrokers", network.group(JobAccess.KAFKA), brokers, "trial cluster");
        this.cluster = CfnServerlessCluster.Builder.create(this, "Cluster")
                .clusterName(names().of("trial"))
                .clientAuthentication(ClientAuthenticationProperty.builder()
                        .sasl(SaslProperty.builder()
                                .iam(IamProperty.builder().enabled(true).build())
                                .build())
                        .build())
                .vpcConfigs(List.of(VpcConfigProperty.builder()
                        .subnetIds(settings.trialKafka())
                        .securityGroups(List.of(brokers.getSecurityGroupId()))
                        .build()))
                .build();
        CfnOutput.Builder.create(this, "ClusterArn").value(cluster.getAttrArn()).build();
    }

    /** Not by the group itself, which then would be made with no rule of its own, and so with the one that allows all. */
    private void egress(String id, SecurityGroup from, SecurityGroup to, String description) {
        CfnSecurityGroupEgress.Builder.create(this, id)
                .groupId(from.getSecurityGroupId())
                .destinationSecurityGroupId(to.getSecurityGroupId())
                .ipProtocol("tcp")
                .fromPort(IAM_PORT)
                .toPort(IAM_PORT)
                .description(description)
                .build();
    }

    /** What the streaming job needs to read from it. */
    List<PolicyStatement> reader() {
        return Permissions.kafkaReader(
                "TrialCluster",
                List.of(cluster.getAttrArn()),
                WildcardJustifications.TRIAL_TOPICS,
                List.of(names().arn("kafka", "topic/" + names().of("trial") + "/*")));
    }
}
