package io.tributary.cdk;

import io.tributary.lake.status.RecordedChange;
import io.tributary.schema.Lake;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.services.iam.PolicyStatement;

/** What a job's role may do, statement by statement; {@link WildcardJustifications} says why one names a resource by a pattern. */
final class Permissions {

    private final StageSettings settings;
    private final ResourceNames names;
    private final String key;

    /** @param key ARN of the stage's key */
    Permissions(StageSettings settings, String key) {
        this.settings = settings;
        this.names = ResourceNames.of(settings);
        this.key = key;
    }

    /**
     * What every Glue job needs: its code and settings, its logs and metrics, its place in the network.
     *
     * @param assets the bucket of CDK's assets
     */
    List<PolicyStatement> ofEveryJob(GlueJob job, String assets, String securityGroup) {
        List<PolicyStatement> statements = new ArrayList<>(List.of(
                statement(
                        WildcardJustifications.PACKAGES,
                        List.of("s3:GetObject"),
                        List.of(objects(assets, names.all()))),
                through("DataKey", "s3", List.of("kms:Decrypt", "kms:GenerateDataKey"), List.of(key)),
                statement(
                        WildcardJustifications.LOGS,
                        List.of("logs:CreateLogStream", "logs:PutLogEvents", "logs:AssociateKmsKey"),
                        List.of(names.arn("logs", "log-group:" + names.logGroups() + "/*"))),
                statement(
                        WildcardJustifications.SPARK_FILES,
                        List.of("s3:GetObject", "s3:PutObject", "s3:DeleteObject"),
                        Stream.of(ResourceNames.SPARK_LOG_PREFIX, ResourceNames.TEMPORARY_PREFIX)
                                .map(prefix -> objects(names.artifactBucket(), prefix + "/" + job.name()))
                                .toList()),
                list("ArtifactList", names.artifactBucket()),
                metrics(),
                statement(
                        "Connection",
                        List.of("glue:GetConnection"),
                        List.of(
                                names.arn("glue", "catalog"),
                                names.arn("glue", "connection/" + names.connection(job.access())))),
                statement(
                        WildcardJustifications.DESCRIBE,
                        List.of(
                                "ec2:DescribeNetworkInterfaces",
                                "ec2:DescribeRouteTables",
                                "ec2:DescribeSecurityGroups",
                                "ec2:DescribeSubnets",
                                "ec2:DescribeVpcAttribute",
                                "ec2:DescribeVpcEndpoints",
                                "glue:GetSecurityConfiguration"),
                        List.of("*")),
                statement(
                        WildcardJustifications.NETWORK_INTERFACES,
                        List.of("ec2:CreateNetworkInterface"),
                        List.of(
                                names.arn("ec2", "network-interface/*"),
                                subnet(),
                                names.arn("ec2", "security-group/" + securityGroup))),
                conditional(
                        WildcardJustifications.NETWORK_INTERFACE_REMOVAL,
                        List.of("ec2:DeleteNetworkInterface"),
                        List.of(names.arn("ec2", "network-interface/*")),
                        Map.of("ArnEquals", Map.of("ec2:Subnet", subnet()))),
                // A request without any tag key would satisfy ForAllValues.
                conditional(
                        WildcardJustifications.NETWORK_INTERFACE_TAGS,
                        List.of("ec2:CreateTags", "ec2:DeleteTags"),
                        List.of(names.arn("ec2", "network-interface/*")),
                        Map.of(
                                "ArnEquals",
                                Map.of("ec2:Subnet", subnet()),
                                "ForAllValues:StringEquals",
                                Map.of("aws:TagKeys", List.of("aws-glue-service-resource")),
                                "Null",
                                Map.of("aws:TagKeys", "false")))));
        settings.bootstrap()
                .key()
                .ifPresent(packages ->
                        statements.add(through("PackagesKey", "s3", List.of("kms:Decrypt"), List.of(packages))));
        return statements;
    }

    private String subnet() {
        return names.arn("ec2", "subnet/" + settings.network().subnet());
    }

    /** What docs/s3.md asks for the lake, for a job that writes it. */
    List<PolicyStatement> lakeWriter() {
        return writer(WildcardJustifications.LAKE_OBJECTS, "LakeList", names.lakeBucket(), ResourceNames.LAKE_PREFIX);
    }

    List<PolicyStatement> lakeReader() {
        return List.of(
                statement(
                        WildcardJustifications.LAKE_OBJECTS,
                        List.of("s3:GetObject"),
                        List.of(objects(names.lakeBucket(), ResourceNames.LAKE_PREFIX))),
                list("LakeList", names.lakeBucket()));
    }

    /** For the audit, which leaves beside the tables when it ran. */
    List<PolicyStatement> auditStatusWriter() {
        return List.of(statement(
                "AuditStatus",
                List.of("s3:PutObject"),
                List.of(ResourceNames.s3(
                        names.lakeBucket() + "/" + ResourceNames.LAKE_PREFIX + "/" + Lake.AUDIT_STATUS))));
    }

    List<PolicyStatement> checkpointWriter() {
        return writer(
                WildcardJustifications.CHECKPOINT_OBJECTS,
                "CheckpointList",
                names.checkpointBucket(),
                ResourceNames.CHECKPOINT_PREFIX);
    }

    List<PolicyStatement> dataCentersReader() {
        return List.of(statement(
                "DataCentersFile",
                List.of("s3:GetObject"),
                Stream.of("", RecordedChange.FILE_SUFFIX)
                        .map(suffix -> ResourceNames.s3(
                                names.artifactBucket() + "/" + ResourceNames.DATA_CENTERS_KEY + suffix))
                        .toList()));
    }

    /** The secrets that the data-centers file refers to; none if the stage names none. */
    List<PolicyStatement> secretsReader() {
        List<String> granted = settings.secrets().all();
        Stream<PolicyStatement> secrets = granted.isEmpty()
                ? Stream.empty()
                : Stream.of(
                        statement(WildcardJustifications.SECRETS, List.of("secretsmanager:GetSecretValue"), granted));
        Stream<PolicyStatement> keys = settings.secretKeys().isEmpty()
                ? Stream.empty()
                : Stream.of(
                        through("KafkaSecretKeys", "secretsmanager", List.of("kms:Decrypt"), settings.secretKeys()));
        return Stream.concat(secrets, keys).toList();
    }

    /** The MSK clusters that are logged in to by IAM; none if the stage names none. */
    List<PolicyStatement> mskReader() {
        List<String> clusters = settings.mskClusters();
        return clusters.isEmpty()
                ? List.of()
                : kafkaReader(
                        "MskClusters",
                        clusters,
                        WildcardJustifications.MSK_TOPICS,
                        clusters.stream()
                                .map(cluster -> cluster.replace(":cluster/", ":topic/") + "/*")
                                .toList());
    }

    /** The schemas of the registries that the stage names; none if it names none. */
    List<PolicyStatement> schemaReader() {
        return settings.schemaRegistries().isEmpty()
                ? List.of()
                : List.of(statement(
                        WildcardJustifications.SCHEMAS,
                        List.of("glue:GetSchemaVersion"),
                        settings.schemaRegistries().stream()
                                .flatMap(registry -> Stream.of(registry, schemasOf(registry)))
                                .toList()));
    }

    /** The ARNs of a registry's schemas. */
    static String schemasOf(String registry) {
        return registry.replace(":registry/", ":schema/") + "/*";
    }

    /** Reading topics of clusters whose access control is IAM. */
    static List<PolicyStatement> kafkaReader(
            String clusterSid, List<String> clusters, String topicSid, List<String> topics) {
        return List.of(
                statement(clusterSid, List.of("kafka-cluster:Connect", "kafka-cluster:DescribeCluster"), clusters),
                statement(
                        topicSid,
                        List.of(
                                "kafka-cluster:DescribeTopic",
                                "kafka-cluster:DescribeTopicDynamicConfiguration",
                                "kafka-cluster:ReadData"),
                        topics));
    }

    /**
     * The tables and views in the Glue Data Catalog; the database is the catalog stack's.
     *
     * @param hasPartitions whether a table of manifests has its partitions there
     */
    List<PolicyStatement> catalogWriter(String database, boolean hasPartitions) {
        List<String> actions =
                new ArrayList<>(List.of("glue:GetDatabase", "glue:GetTable", "glue:CreateTable", "glue:UpdateTable"));
        if (hasPartitions) {
            actions.addAll(List.of(
                    "glue:GetPartitions",
                    "glue:BatchCreatePartition",
                    "glue:BatchUpdatePartition",
                    "glue:BatchDeletePartition"));
        }
        return List.of(statement(
                WildcardJustifications.CATALOG_TABLES,
                actions,
                List.of(
                        names.arn("glue", "catalog"),
                        names.arn("glue", "database/" + database),
                        names.arn("glue", "table/" + database + "/*"))));
    }

    private List<PolicyStatement> writer(String sid, String listSid, String bucket, String prefix) {
        return List.of(
                statement(
                        sid,
                        List.of("s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"),
                        List.of(objects(bucket, prefix))),
                list(listSid, bucket));
    }

    private PolicyStatement metrics() {
        return conditional(
                WildcardJustifications.METRICS,
                List.of("cloudwatch:PutMetricData"),
                List.of("*"),
                Map.of("StringEquals", Map.of("cloudwatch:namespace", List.of(names.metrics(), "Glue"))));
    }

    private static PolicyStatement list(String sid, String bucket) {
        return statement(sid, List.of("s3:ListBucket"), List.of(ResourceNames.s3(bucket)));
    }

    /** The use of keys by a service on behalf of the role, and in no other way. */
    PolicyStatement through(String sid, String service, List<String> actions, List<String> keys) {
        return conditional(
                sid, actions, keys, Map.of("StringEquals", Map.of("kms:ViaService", names.service(service))));
    }

    static PolicyStatement statement(String sid, List<String> actions, List<String> resources) {
        return conditional(sid, actions, resources, Map.of());
    }

    private static PolicyStatement conditional(
            String sid, List<String> actions, List<String> resources, Map<String, Object> conditions) {
        return PolicyStatement.Builder.create()
                .sid(sid)
                .actions(actions)
                .resources(resources)
                .conditions(conditions)
                .build();
    }

    private static String objects(String bucket, String prefix) {
        return ResourceNames.s3(bucket + "/" + prefix + "/*");
    }
}
