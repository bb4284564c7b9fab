package io.tributary.cdk;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.cdk.TemplateChecks.Resource;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Nothing that holds data is public, unencrypted, reachable without TLS, or kept forever by mistake. */
final class BucketChecks {

    private static final List<String> BLOCKS =
            List.of("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets");

    private final List<Resource> all;
    private final List<String> problems;

    BucketChecks(List<Resource> all, List<String> problems) {
        this.all = all;
        this.problems = problems;
    }

    void run() {
        all.stream().filter(resource -> resource.is("AWS::S3::Bucket")).forEach(this::bucket);
        all.stream().filter(resource -> resource.is("AWS::KMS::Key")).forEach(this::key);
        all.stream().filter(resource -> resource.is("AWS::SNS::Topic")).forEach(this::topic);
        all.stream().filter(resource -> resource.is("AWS::Athena::WorkGroup")).forEach(this::workgroup);
    }

    private void bucket(Resource bucket) {
        JsonNode blocks = bucket.property("PublicAccessBlockConfiguration");
        if (BLOCKS.stream().anyMatch(block -> !blocks.path(block).asBoolean(false))
                || !bucket.property("AccessControl").isMissingNode()) {
            problem(bucket, "can be made public; block all public access and set no access control list");
        }
        boolean isOfAccessLogs = bucket.property("BucketName").asText().contains("-access-logs-");
        JsonNode encryption = bucket.property("BucketEncryption")
                .path("ServerSideEncryptionConfiguration")
                .path(0)
                .path("ServerSideEncryptionByDefault");
        if (encryption.path("SSEAlgorithm").isMissingNode()
                || (!isOfAccessLogs && encryption.path("KMSMasterKeyID").isMissingNode())) {
            problem(bucket, "is not encrypted with the stage's key");
        }
        if (!isOfAccessLogs && bucket.property("LoggingConfiguration").isMissingNode()) {
            problem(bucket, "does not log who accesses it");
        }
        String name = bucket.property("BucketName").asText();
        if ((name.contains("-lake-") || name.contains("-artifacts-"))
                && !bucket.property("VersioningConfiguration")
                        .path("Status")
                        .asText()
                        .equals("Enabled")) {
            problem(bucket, "keeps no earlier versions, so a deleted file cannot be had back");
        }
        if (name.contains("-lake-")
                && all.stream().noneMatch(resource -> requiresConditionalCommits(resource, bucket))) {
            problem(bucket, "lets a commit be overwritten; deny one without If-None-Match in the bucket's policy");
        }
        if (StreamSupport.stream(
                        bucket.property("LifecycleConfiguration").path("Rules").spliterator(), false)
                .noneMatch(rule -> !rule.path("AbortIncompleteMultipartUpload").isMissingNode()
                        && rule.path("Status").asText().equals("Enabled"))) {
            problem(bucket, "keeps uploads that were given up for ever");
        }
        if (all.stream().noneMatch(resource -> deniesPlainHttp(resource, bucket))) {
            problem(bucket, "can be reached without TLS; deny it in the bucket's policy");
        }
    }

    /** For everybody, every action and every object. */
    private static boolean deniesPlainHttp(Resource policy, Resource bucket) {
        return denials(policy, bucket)
                .anyMatch(statement -> statement.path("Action").asText().equals("s3:*")
                        && resources(statement).containsAll(List.of(arn(bucket), arn(bucket) + "/*"))
                        && isOnly(statement, "Bool", "aws:SecureTransport", "false"));
    }

    private static boolean requiresConditionalCommits(Resource policy, Resource bucket) {
        return denials(policy, bucket)
                .anyMatch(statement -> statement.path("Action").asText().equals("s3:PutObject")
                        && resources(statement)
                                .contains(arn(bucket) + "/" + ResourceNames.LAKE_PREFIX + "/*/_delta_log/*.json")
                        && isOnly(statement, "Null", "s3:if-none-match", "true"));
    }

    /** What a bucket's policy denies everybody. */
    private static Stream<JsonNode> denials(Resource policy, Resource bucket) {
        boolean isOfBucket = policy.is("AWS::S3::BucketPolicy")
                && policy.stack().equals(bucket.stack())
                && policy.property("Bucket").path("Ref").asText().equals(bucket.id());
        return isOfBucket
                ? policy.statements()
                        .filter(statement -> statement.path("Effect").asText().equals("Deny"))
                        .filter(statement -> statement
                                .path("Principal")
                                .path("AWS")
                                .asText(statement.path("Principal").asText())
                                .equals("*"))
                : Stream.empty();
    }

    /** Whether a statement has one condition, and this one. */
    private static boolean isOnly(JsonNode statement, String operator, String key, String value) {
        JsonNode conditions = statement.path("Condition");
        return conditions.size() == 1
                && conditions.path(operator).size() == 1
                && conditions.path(operator).path(key).asText().equals(value);
    }

    private static List<String> resources(JsonNode statement) {
        return TemplateValue.all(statement.path("Resource"), "aws");
    }

    private static String arn(Resource bucket) {
        return "<" + TemplateValue.withoutHash(bucket.id()) + ":Arn>";
    }

    private void key(Resource key) {
        if (!key.property("EnableKeyRotation").asBoolean(false)) {
            problem(key, "is never rotated");
        }
    }

    private void topic(Resource topic) {
        if (topic.property("KmsMasterKeyId").isMissingNode()) {
            problem(topic, "is not encrypted with the stage's key");
        }
    }

    private void workgroup(Resource workgroup) {
        JsonNode configuration = workgroup.property("WorkGroupConfiguration");
        if (!configuration.path("EnforceWorkGroupConfiguration").asBoolean(false)) {
            problem(workgroup, "lets its users override its settings");
        }
        if (configuration.path("BytesScannedCutoffPerQuery").isMissingNode()) {
            problem(workgroup, "does not limit what a query may scan");
        }
        if (configuration
                .at("/ResultConfiguration/EncryptionConfiguration/KmsKey")
                .isMissingNode()) {
            problem(workgroup, "writes results that are not encrypted with the stage's key");
        }
    }

    private void problem(Resource resource, String words) {
        problems.add(resource.words() + " " + words);
    }
}
