package io.tributary.cdk;

import io.tributary.runtime.MetricsDestination;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awscdk.services.glue.CfnJob;
import software.amazon.awscdk.services.glue.CfnSecurityConfiguration;
import software.amazon.awscdk.services.glue.CfnTrigger;
import software.amazon.awscdk.services.iam.CfnRole;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.assets.Asset;
import software.constructs.Construct;

/**
 * The jobs: the stream, which is restarted whenever it has ended; the merge, on a schedule and one at a time; the audit,
 * once a day. Each has a role of its own.
 */
final class JobsStack extends StageStack {

    private final Asset script;
    private final Asset config;
    private final Asset ingest;
    private final Asset merge;
    private final Asset audit;

    JobsStack(
            Construct scope,
            StageFiles files,
            DeploymentArtifacts packages,
            Key key,
            NetworkStack network,
            List<PolicyStatement> trialKafka) {
        super(scope, files.settings(), "jobs", "streaming, merge and audit job");
        this.script = asset("Script", packages.script());
        this.config = asset("Pipeline", files.pipelineFile());
        this.ingest = asset("IngestPackage", packages.ingest());
        this.merge = asset("MergePackage", packages.merge());
        this.audit = asset("AuditPackage", packages.audit());
        encryption(key.getKeyArn());
        Permissions permissions = new Permissions(files.settings(), key.getKeyArn());
        add(
                ingestJob(),
                ingest,
                network,
                permissions,
                Stream.of(
                                permissions.lakeWriter(),
                                permissions.checkpointWriter(),
                                permissions.dataCentersReader(),
                                permissions.secretsReader(),
                                permissions.mskReader(),
                                permissions.schemaReader(),
                                trialKafka)
                        .flatMap(List::stream)
                        .toList());
        String database = files.pipeline().tables().database();
        Role publisher = add(
                mergeJob(),
                merge,
                network,
                permissions,
                Stream.of(
                                permissions.lakeWriter(),
                                permissions.catalogWriter(
                                        database,
                                        files.pipeline()
                                                .catalog()
                                                .manifestTable()
                                                .isPresent()))
                        .flatMap(List::stream)
                        .toList());
        if (!settings().readers().isEmpty()) {
            new LakeFormationGrants(this, settings().account(), database)
                    .publisher("Publisher", publisher.getRoleArn(), (CfnRole)
                            publisher.getNode().getDefaultChild());
        }
        add(
                auditJob(),
                audit,
                network,
                permissions,
                Stream.of(permissions.lakeReader(), permissions.auditStatusWriter())
                        .flatMap(List::stream)
                        .toList());
    }

    private GlueJob ingestJob() {
        Map<String, String> arguments = arguments();
        arguments.put("data-centers", names().dataCenters());
        arguments.put("checkpoint", names().checkpoints());
        arguments.put("kafka-tls", settings().kafkaTls().toString());
        if (!settings().secrets().all().isEmpty()) {
            arguments.put("secrets", settings().secrets().toString());
        }
        return new GlueJob(
                GlueJob.INGEST,
                true,
                JobAccess.KAFKA,
                false,
                JobArtifact.of(GlueJob.INGEST).mainClass(),
                settings().streaming().workers(),
                arguments,
                Optional.empty(),
                Optional.empty(),
                Optional.of(settings().streaming().maintenanceWindow()));
    }

    private GlueJob mergeJob() {
        return new GlueJob(
                GlueJob.MERGE,
                false,
                JobAccess.LAKE,
                false,
                JobArtifact.of(GlueJob.MERGE).mainClass(),
                settings().merge().workers(),
                arguments(),
                Optional.of(settings().merge().every().cron()),
                Optional.of(settings().merge().timeout()),
                Optional.empty());
    }

    private GlueJob auditJob() {
        return new GlueJob(
                GlueJob.AUDIT,
                false,
                JobAccess.LAKE,
                settings().audit().isFlexible(),
                JobArtifact.of(GlueJob.AUDIT).mainClass(),
                settings().audit().workers(),
                arguments(),
                Optional.of(settings().audit().at().cron()),
                Optional.of(settings().audit().timeout()),
                Optional.empty());
    }

    private Map<String, String> arguments() {
        Map<String, String> arguments = new TreeMap<>();
        arguments.put("runtime", "glue");
        arguments.put("region", names().region());
        arguments.put("lake", names().lake());
        arguments.put("config", config.getS3ObjectUrl());
        arguments.put("metrics", new MetricsDestination.CloudWatch(names().region(), names().metrics()).toString());
        return arguments;
    }

    private Asset asset(String id, Path file) {
        return Asset.Builder.create(this, id).path(file.toString()).build();
    }

    private void encryption(String key) {
        CfnSecurityConfiguration.Builder.create(this, "Encryption")
                .name(names().securityConfiguration())
                .encryptionConfiguration(CfnSecurityConfiguration.EncryptionConfigurationProperty.builder()
                        .cloudWatchEncryption(CfnSecurityConfiguration.CloudWatchEncryptionProperty.builder()
                                .cloudWatchEncryptionMode("SSE-KMS")
                                .kmsKeyArn(key)
                                .build())
                        .jobBookmarksEncryption(CfnSecurityConfiguration.JobBookmarksEncryptionProperty.builder()
                                .jobBookmarksEncryptionMode("CSE-KMS")
                                .kmsKeyArn(key)
                                .build())
                        .s3Encryptions(List.of(CfnSecurityConfiguration.S3EncryptionProperty.builder()
                                .s3EncryptionMode("SSE-KMS")
                                .kmsKeyArn(key)
                                .build()))
                        .build())
                .build();
    }

    /** @return the job's role */
    private Role add(
            GlueJob job,
            Asset jar,
            NetworkStack network,
            Permissions permissions,
            List<PolicyStatement> jobStatements) {
        List<PolicyStatement> statements = new ArrayList<>(permissions.ofEveryJob(
                job, script.getS3BucketName(), network.group(job.access()).getSecurityGroupId()));
        statements.addAll(jobStatements);
        String id = Character.toUpperCase(job.name().charAt(0)) + job.name().substring(1);
        Role role = role(id, job, statements);
        CfnJob glue = CfnJob.Builder.create(this, id)
                .name(names().of(job.name()))
                .description("Tributary's " + job.name() + " job, stage " + names().stage())
                .role(role.getRoleArn())
                .command(CfnJob.JobCommandProperty.builder()
                        .name(job.isStreaming() ? "gluestreaming" : "glueetl")
                        .scriptLocation(script.getS3ObjectUrl())
                        .build())
                .executionClass(job.isFlexible() ? "FLEX" : null)
                .glueVersion(settings().glueVersion().number())
                .workerType(job.workers().type().awsName())
                .numberOfWorkers(job.workers().number())
                .connections(CfnJob.ConnectionsListProperty.builder()
                        .connections(List.of(names().connection(job.access())))
                        .build())
                .securityConfiguration(names().securityConfiguration())
                // One run at a time: a trigger that fires while one is under way starts nothing.
                .executionProperty(CfnJob.ExecutionPropertyProperty.builder()
                        .maxConcurrentRuns(1)
                        .build())
                .maxRetries(0)
                .timeout(job.timeout().map(Duration::toMinutes).orElse(null))
                .maintenanceWindow(job.maintenanceWindow().orElse(null))
                .defaultArguments(defaultArguments(job, jar))
                .tags(settings().tags())
                .build();
        glue.getNode().addDependency(role);
        glue.getNode().addDependency(getNode().findChild("Encryption"));
        (job.isStreaming()
                        ? StreamSchedule.create(
                                this, job, settings().streaming().restartEvery())
                        : trigger(id, job))
                .getNode()
                .addDependency(glue);
        return role;
    }

    private CfnTrigger trigger(String id, GlueJob job) {
        return CfnTrigger.Builder.create(this, id + "Schedule")
                .name(names().of(job.name()))
                .description("Starts the " + job.name() + ", unless one is under way")
                .type("SCHEDULED")
                .schedule(job.schedule().orElseThrow())
                .startOnCreation(true)
                .actions(List.of(CfnTrigger.ActionProperty.builder()
                        .jobName(names().of(job.name()))
                        .build()))
                .tags(settings().tags())
                .build();
    }

    private Role role(String id, GlueJob job, List<PolicyStatement> statements) {
        Role role = Role.Builder.create(this, id + "Role")
                .roleName(names().of(job.name()))
                .description("What Tributary's " + job.name() + " job may do, stage " + names().stage())
                .assumedBy(ServicePrincipal.Builder.create("glue.amazonaws.com")
                        .conditions(sourceAccountCondition())
                        .build())
                .inlinePolicies(Map.of(
                        "work",
                        PolicyDocument.Builder.create().statements(statements).build()))
                .build();
        AcceptedNagFindings.acceptPatterns(role, statements);
        return role;
    }

    private Map<String, String> defaultArguments(GlueJob job, Asset jar) {
        Map<String, String> all = new TreeMap<>();
        job.arguments().forEach((name, value) -> all.put("--" + name, value));
        all.put("--class", job.mainClass());
        all.put("--extra-jars", jar.getS3ObjectUrl());
        all.put("--job-language", "scala");
        all.put("--datalake-formats", "delta");
        all.put("--job-bookmark-option", "job-bookmark-disable");
        all.put("--enable-metrics", "true");
        all.put("--enable-observability-metrics", "true");
        all.put("--enable-spark-ui", "true");
        all.put(
                "--spark-event-logs-path",
                "s3://" + names().artifactBucket() + "/" + ResourceNames.SPARK_LOG_PREFIX + "/" + job.name() + "/");
        all.put(
                "--TempDir",
                "s3://" + names().artifactBucket() + "/" + ResourceNames.TEMPORARY_PREFIX + "/" + job.name() + "/");
        if (job.isStreaming() && settings().streaming().isScaling()) {
            all.put("--enable-auto-scaling", "true");
        }
        all.put("--custom-logGroup-prefix", names().logGroups());
        return all;
    }
}
