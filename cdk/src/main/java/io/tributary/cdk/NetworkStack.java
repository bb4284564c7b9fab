package io.tributary.cdk;

import io.tributary.cdk.StageSettings.Network;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.ec2.IPeer;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.Peer;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.ec2.VpcAttributes;
import software.amazon.awscdk.services.glue.CfnConnection;
import software.constructs.Construct;

/**
 * What the jobs reach in the given network: for each {@link JobAccess} a security group, and the Glue connection that puts
 * them there.
 */
final class NetworkStack extends StageStack {

    private static final int HTTPS = 443;

    private final Map<JobAccess, SecurityGroup> groups = new EnumMap<>(JobAccess.class);
    private final IVpc vpc;

    NetworkStack(Construct scope, StageSettings settings) {
        super(scope, settings, "network", "security groups and connections of the jobs");
        Network network = settings.network();
        this.vpc = Vpc.fromVpcAttributes(
                this,
                "Vpc",
                VpcAttributes.builder()
                        .vpcId(network.vpc())
                        .availabilityZones(List.of(network.availabilityZone()))
                        .build());
        for (JobAccess access : JobAccess.values()) {
            SecurityGroup group = group(access, network);
            groups.put(access, group);
            connection(access, network, group);
        }
        network.kafka().forEach(kafka -> group(JobAccess.KAFKA)
                .addEgressRule(Peer.ipv4(kafka.network().toString()), kafkaPorts(kafka), "Kafka"));
    }

    private static Port kafkaPorts(StageSettings.Peer kafka) {
        return kafka.firstPort() == kafka.lastPort()
                ? Port.tcp(kafka.firstPort())
                : Port.tcpRange(kafka.firstPort(), kafka.lastPort());
    }

    private SecurityGroup group(JobAccess access, Network network) {
        SecurityGroup group = SecurityGroup.Builder.create(this, access.groupId())
                .vpc(vpc)
                .securityGroupName(names().of(access.group()))
                .description("Workers of Tributary, stage " + names().stage())
                .allowAllOutbound(false)
                .build();
        // The workers of a job talk to each other on ports that Spark chooses.
        group.addIngressRule(group, Port.allTcp(), "workers among themselves");
        group.addEgressRule(group, Port.allTcp(), "workers among themselves");
        network.https().forEach(place -> group.addEgressRule(peer(place), Port.tcp(HTTPS), "AWS services"));
        return group;
    }

    private void connection(JobAccess access, Network network, SecurityGroup group) {
        CfnConnection connection = CfnConnection.Builder.create(this, access.connectionId())
                .catalogId(settings().account())
                .connectionInput(CfnConnection.ConnectionInputProperty.builder()
                        .name(names().connection(access))
                        .connectionType("NETWORK")
                        .description("Where jobs run that reach " + access.connection())
                        .connectionProperties(Map.of())
                        .physicalConnectionRequirements(CfnConnection.PhysicalConnectionRequirementsProperty.builder()
                                .availabilityZone(network.availabilityZone())
                                .subnetId(network.subnet())
                                .securityGroupIdList(List.of(group.getSecurityGroupId()))
                                .build())
                        .build())
                .build();
        AcceptedNagFindings.acceptOfCloudFormation(
                connection, "W3010", "A connection of Glue has to name the zone of its subnet; it is a setting.");
    }

    private static IPeer peer(String place) {
        if (place.startsWith("pl-")) {
            return Peer.prefixList(place);
        }
        return place.startsWith("sg-") ? Peer.securityGroupId(place) : Peer.ipv4(place);
    }

    SecurityGroup group(JobAccess access) {
        return groups.get(access);
    }

    IVpc vpc() {
        return vpc;
    }
}
