package io.tributary.cdk;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The names of a stage's resources. They are given, not generated, so that a stack can refer to resources of another one
 * and operators find them. Key, security group and trial cluster have generated names, which their stacks export.
 */
record ResourceNames(String stage, String account, String region) {

    static final String LAKE_PREFIX = "tables";
    static final String CHECKPOINT_PREFIX = "ingest";
    static final String DATA_CENTERS_KEY = "config/data-centers.yaml";
    static final String SPARK_LOG_PREFIX = "spark-events";
    static final String TEMPORARY_PREFIX = "temporary";

    static ResourceNames of(StageSettings settings) {
        return new ResourceNames(settings.stage(), settings.account(), settings.region());
    }

    /**
     * A logical id from the content of a resource, for one of several of a kind. An id from its index would shift when an
     * earlier one is removed. CloudFormation would then replace all later ones, and since it creates before it deletes,
     * delete what it has just created.
     */
    static String idOf(String kind, String what) {
        return kind
                + UUID.nameUUIDFromBytes(what.getBytes(StandardCharsets.UTF_8))
                        .toString()
                        .replace("-", "");
    }

    /** The prefix of every name of this stage, and its folder in CDK's asset bucket. */
    String all() {
        return "tributary-" + stage;
    }

    /** The name of a resource of this stage. */
    String of(String resource) {
        return all() + "-" + resource;
    }

    /** Names of buckets are unique across all accounts. */
    private String bucket(String purpose) {
        return of(purpose) + "-" + account + "-" + region;
    }

    String lakeBucket() {
        return bucket("lake");
    }

    String checkpointBucket() {
        return bucket("checkpoints");
    }

    /** Data-centers file, Spark's event logs, Glue's temporary files. */
    String artifactBucket() {
        return bucket("artifacts");
    }

    String resultBucket() {
        return bucket("results");
    }

    String accessLogBucket() {
        return bucket("access-logs");
    }

    /** URI of the lake. */
    String lake() {
        return "s3://" + lakeBucket() + "/" + LAKE_PREFIX;
    }

    /** URI of the folder of checkpoints. */
    String checkpoints() {
        return "s3://" + checkpointBucket() + "/" + CHECKPOINT_PREFIX;
    }

    /** URI of the data-centers file. */
    String dataCenters() {
        return "s3://" + artifactBucket() + "/" + DATA_CENTERS_KEY;
    }

    /** The connection of a job. */
    String connection(JobAccess access) {
        return of(access.connection());
    }

    String securityConfiguration() {
        return of("encryption");
    }

    String workgroup() {
        return of("analysts");
    }

    /** The namespace of the stage's metrics. */
    String metrics() {
        return "Tributary/" + stage;
    }

    /** What the names of the jobs' log groups begin with. */
    String logGroups() {
        return "/aws-glue/jobs/" + all();
    }

    /** The rule that reports failed runs. */
    String failedRuns() {
        return of("failed-runs");
    }

    /** ARN of a bucket, or of objects of one. */
    static String s3(String path) {
        return "arn:aws:s3:::" + path;
    }

    /** The name of a service of this region, as the condition {@code kms:ViaService} names it. */
    String service(String service) {
        return service + "." + region + ".amazonaws.com";
    }

    String arn(String service, String resource) {
        return "arn:aws:" + service + ":" + region + ":" + account + ":" + resource;
    }
}
