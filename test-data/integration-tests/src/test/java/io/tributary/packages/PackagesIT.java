package io.tributary.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class PackagesIT {

    @Test
    void theStreamingJobsPackageHoldsWhatItNeedsAndNothingOfGlues() {
        SortedMap<String, byte[]> files = GluePackage.of("glue-jobs").files();

        assertThat(PackageRules.problems(files)).isEmpty();
        assertThat(files)
                .containsKeys(
                        "io/tributary/ingest/IngestJob.class",
                        // Delta makes it by name, so it keeps its own.
                        "io/tributary/aws/s3/ConditionalLogStore.class",
                        "org/apache/spark/sql/kafka010/KafkaSourceProvider.class",
                        "org/apache/kafka/common/security/scram/ScramLoginModule.class",
                        "software/amazon/msk/auth/iam/IAMLoginModule.class",
                        "io/tributary/shaded/awssdk/services/sts/StsClient.class",
                        "io/tributary/shaded/awssdk/services/s3/S3Client.class");
    }

    @Test
    void theMergeJobsPackageHoldsWhatItNeedsAndNothingOfGlues() {
        SortedMap<String, byte[]> files = GluePackage.of("compaction-job").files();

        assertThat(PackageRules.problems(files)).isEmpty();
        assertThat(files)
                .containsKeys(
                        "io/tributary/compaction/MergeJob.class", "io/tributary/aws/s3/ConditionalLogStore.class");
        assertThat(files.keySet()).noneMatch(name -> name.startsWith("org/") || name.startsWith("io/tributary/audit/"));
    }

    @Test
    void theAuditsPackageHoldsWhatItNeedsAndNothingOfGlues() {
        SortedMap<String, byte[]> files = GluePackage.of("operations").files();

        assertThat(PackageRules.problems(files)).isEmpty();
        assertThat(files)
                .containsKeys("io/tributary/audit/AuditTool.class", "io/tributary/aws/s3/ConditionalLogStore.class");
    }
}
