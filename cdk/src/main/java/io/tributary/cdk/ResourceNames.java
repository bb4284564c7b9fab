package io.tributary.cdk;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * What everything of a stage is called. Names are given, not generated, so that a stack refers to another's by name and an
 * operator finds things; of what has a generated name, key, security group and trial cluster, their stack exports it.
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
     * The id in its template of one thing of many, by what it is: by its place among the others it would become another
     * one when one before it goes, and CloudFormation, which makes the new ones before it removes the old, would undo what
     * it has just made.
     */
    static String idOf(String kind, String what) {
        return kind
                + UUID.nameUUIDFromBytes(what.getBytes(StandardCharsets.UTF_8))
                        .toString()
                        .replace("-", "");
    }

    /** What everything of this stage begins with, and the folder of its own among CDK's assets. */
    String all() {
        return "tributary-" + stage;
    }

    /** The name of a thing of this stage. */
    String of(String thing) {
        return all() + "-" + thing;
    }

    /** A bucket's, which is one of the whole world. */
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

    String connection() {
        return of("kafka");
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

    String arn(String service, String resource) {
        return "arn:aws:" + service + ":" + region + ":" + account + ":" + resource;
    }
}
