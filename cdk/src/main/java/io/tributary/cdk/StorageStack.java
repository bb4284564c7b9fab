package io.tributary.cdk;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.AnyPrincipal;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.logs.CfnLogGroup;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.s3.ObjectOwnership;
import software.constructs.Construct;

/**
 * The buckets: lake, checkpoints of the stream, artifacts, query results, and access logs; and the log groups of the jobs.
 * All but the access logs are encrypted with a key of the stage: query results, which analysts write, with their own.
 */
final class StorageStack extends StageStack {

    private static final Duration ABANDONED_AFTER = Duration.days(2);
    private static final Duration NONCURRENT_VERSION_EXPIRATION = Duration.days(14);
    private static final Duration SPARK_LOGS = Duration.days(30);

    private final Key key;
    private final Key results;
    private final Bucket accessLogs;

    StorageStack(Construct scope, StageSettings settings) {
        super(scope, settings, "storage", "buckets and the key that encrypts them");
        this.key = key();
        this.accessLogs = accessLogs();
        this.results = key(
                "ResultsKey", "results", "What analysts asked of Tributary's stage " + names().stage() + " in Athena");
        requireConditionalCommits(bucket("Lake", names().lakeBucket(), key, true, List.of()));
        // A checkpoint that is lost costs no event, and its files change all the time.
        bucket("Checkpoints", names().checkpointBucket(), key, false, List.of());
        bucket(
                "Artifacts",
                names().artifactBucket(),
                key,
                true,
                List.of(
                        expiring(ResourceNames.SPARK_LOG_PREFIX, SPARK_LOGS),
                        expiring(ResourceNames.TEMPORARY_PREFIX, ABANDONED_AFTER)));
        bucket(
                "Results",
                names().resultBucket(),
                results,
                false,
                List.of(expiring(
                        "", Duration.days(settings.athena().resultsKept().toDays()))));
        List.of("error", "output").forEach(this::logGroup);
    }

    /** Its name is what Glue makes of the argument {@code --custom-logGroup-prefix}. */
    private void logGroup(String kind) {
        CfnLogGroup.Builder.create(this, "LogGroup-" + kind)
                .logGroupName(names().logGroups() + "/" + kind)
                .kmsKeyId(key.getKeyArn())
                .retentionInDays((int) settings().logs().kept().toDays())
                .build()
                .applyRemovalPolicy(RemovalPolicy.DESTROY);
    }

    /** No writer, whatever its log store, can overwrite a commit of another one. */
    private static void requireConditionalCommits(Bucket lake) {
        lake.addToResourcePolicy(PolicyStatement.Builder.create()
                .sid("ConditionalCommits")
                .effect(Effect.DENY)
                .principals(List.of(new AnyPrincipal()))
                .actions(List.of("s3:PutObject"))
                .resources(List.of(lake.arnForObjects(ResourceNames.LAKE_PREFIX + "/*/_delta_log/*.json")))
                .conditions(Map.of("Null", Map.of("s3:if-none-match", "true")))
                .build());
    }

    /** The key of query results. */
    Key resultsKey() {
        return results;
    }

    Key dataKey() {
        return key;
    }

    private Key key(String id, String name, String description) {
        return Key.Builder.create(this, id)
                .alias("alias/" + names().of(name))
                .description(description)
                .enableKeyRotation(true)
                .removalPolicy(removal())
                .build();
    }

    private Key key() {
        Key made = key(
                "Key", "data", "Lake, checkpoints, artifacts, logs and alarms of Tributary's stage " + names().stage());
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
                                names().arn("logs", "log-group:" + names().logGroups() + "/*"))))
                .build());
        publisherToTheTopic(made, "AlarmsToTheTopic", MonitoringStack.CLOUDWATCH);
        publisherToTheTopic(made, "FailedRunsToTheTopic", MonitoringStack.EVENTBRIDGE);
        return made;
    }

    private void publisherToTheTopic(Key topics, String sid, String service) {
        topics.addToResourcePolicy(PolicyStatement.Builder.create()
                .sid(sid)
                .principals(List.of(ServicePrincipal.Builder.create(service).build()))
                .actions(List.of("kms:Decrypt", "kms:GenerateDataKey"))
                .resources(List.of("*"))
                .conditions(sourceAccountCondition())
                .build());
    }

    /** S3 delivers access logs only to a bucket that is encrypted with keys of its own. */
    private Bucket accessLogs() {
        Bucket bucket = Bucket.Builder.create(this, "AccessLogs")
                .bucketName(names().accessLogBucket())
                .encryption(BucketEncryption.S3_MANAGED)
                .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
                .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
                .enforceSsl(true)
                .lifecycleRules(List.of(expiring(
                        "", Duration.days(settings().logs().accessLogsKept().toDays()))))
                .removalPolicy(removal())
                .build();
        AcceptedNagFindings.accept(bucket, "AwsSolutions-S1", "This is the bucket of the access logs themselves.");
        return bucket;
    }

    private Bucket bucket(String id, String name, Key encryption, boolean isVersioned, List<LifecycleRule> rules) {
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
        return Bucket.Builder.create(this, id)
                .bucketName(name)
                .encryption(BucketEncryption.KMS)
                .encryptionKey(encryption)
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
