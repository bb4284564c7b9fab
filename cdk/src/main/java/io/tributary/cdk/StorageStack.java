package io.tributary.cdk;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.s3.ObjectOwnership;
import software.constructs.Construct;

/**
 * The buckets: lake, checkpoints of the stream, artifacts, query results, and access logs. All but the last are encrypted
 * with the stage's key.
 */
final class StorageStack extends StageStack {

    private static final Duration ABANDONED_AFTER = Duration.days(2);
    private static final Duration NONCURRENT_VERSION_EXPIRATION = Duration.days(14);
    private static final Duration ACCESS_LOGS = Duration.days(90);
    private static final Duration SPARK_LOGS = Duration.days(30);

    private final Key key;
    private final Bucket accessLogs;

    StorageStack(Construct scope, StageSettings settings) {
        super(scope, settings, "storage", "buckets and the key that encrypts them");
        this.key = key();
        this.accessLogs = accessLogs();
        bucket("Lake", names().lakeBucket(), true, List.of());
        // A checkpoint that is lost costs no event, and its files change all the time.
        bucket("Checkpoints", names().checkpointBucket(), false, List.of());
        bucket(
                "Artifacts",
                names().artifactBucket(),
                true,
                List.of(
                        expiring(ResourceNames.SPARK_LOG_PREFIX, SPARK_LOGS),
                        expiring(ResourceNames.TEMPORARY_PREFIX, ABANDONED_AFTER)));
        bucket(
                "Results",
                names().resultBucket(),
                false,
                List.of(expiring(
                        "", Duration.days(settings.athena().resultsKept().toDays()))));
    }

    Key dataKey() {
        return key;
    }

    private Key key() {
        Key made = Key.Builder.create(this, "Key")
                .alias("alias/" + names().of("data"))
                .description("Lake, checkpoints, artifacts, logs and alarms of Tributary's stage " + names().stage())
                .enableKeyRotation(true)
                .removalPolicy(removal())
                .build();
        made.addToResourcePolicy(PolicyStatement.Builder.create()
                .sid("LogsOfTheJobs")
                .principals(List.of(ServicePrincipal.Builder.create("logs." + names().region() + ".amazonaws.com")
                        .build()))
                .actions(List.of(
                        "kms:Encrypt",
                        "kms:Decrypt",
                        "kms:ReEncryptFrom",
                        "kms:ReEncryptTo",
                        "kms:GenerateDataKey",
                        "kms:DescribeKey"))
                .resources(List.of("*"))
                .conditions(Map.of(
                        "ArnLike",
                        Map.of(
                                "kms:EncryptionContext:aws:logs:arn",
                                names().arn("logs", "log-group:/aws-glue/jobs/*"))))
                .build());
        made.addToResourcePolicy(PolicyStatement.Builder.create()
                .sid("AlarmsToTheTopic")
                .principals(List.of(ServicePrincipal.Builder.create(MonitoringStack.CLOUDWATCH)
                        .build()))
                .actions(List.of("kms:Decrypt", "kms:GenerateDataKey"))
                .resources(List.of("*"))
                .conditions(sourceAccountCondition())
                .build());
        return made;
    }

    /** S3 delivers access logs only to a bucket that is encrypted with keys of its own. */
    private Bucket accessLogs() {
        Bucket bucket = Bucket.Builder.create(this, "AccessLogs")
                .bucketName(names().accessLogBucket())
                .encryption(BucketEncryption.S3_MANAGED)
                .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
                .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
                .enforceSsl(true)
                .lifecycleRules(List.of(expiring("", ACCESS_LOGS)))
                .removalPolicy(removal())
                .build();
        AcceptedNagFindings.accept(bucket, "AwsSolutions-S1", "This is the bucket of the access logs themselves.");
        return bucket;
    }

    private void bucket(String id, String name, boolean isVersioned, List<LifecycleRule> rules) {
        List<LifecycleRule> all = new ArrayList<>(rules);
        LifecycleRule.Builder leftovers =
                LifecycleRule.builder().id("leftovers").abortIncompleteMultipartUploadAfter(ABANDONED_AFTER);
        all.add(
                isVersioned
                        ? leftovers
                                .noncurrentVersionExpiration(NONCURRENT_VERSION_EXPIRATION)
                                // What marks a deleted file goes with its last version.
                                .expiredObjectDeleteMarker(true)
                                .build()
                        : leftovers.build());
        Bucket.Builder.create(this, id)
                .bucketName(name)
                .encryption(BucketEncryption.KMS)
                .encryptionKey(key)
                .bucketKeyEnabled(true)
                .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
                .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
                .enforceSsl(true)
                .versioned(isVersioned)
                .lifecycleRules(all)
                .serverAccessLogsBucket(accessLogs)
                .serverAccessLogsPrefix(id.toLowerCase(Locale.ROOT) + "/")
                .removalPolicy(removal())
                .build();
    }

    private static LifecycleRule expiring(String prefix, Duration after) {
        LifecycleRule.Builder rule = LifecycleRule.builder()
                .id(prefix.isEmpty() ? "expiry" : prefix)
                .expiration(after)
                .abortIncompleteMultipartUploadAfter(ABANDONED_AFTER);
        return prefix.isEmpty() ? rule.build() : rule.prefix(prefix + "/").build();
    }
}
