package io.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GlueArgumentsTest {

    /** The page on job parameters in AWS's guide for Glue, and what job runs were seen to be given. */
    private static final List<String> DOCUMENTED = List.of(
            "additional-python-modules",
            "auto-scale-within-microbatch",
            "class",
            "continuous-log-conversionPattern",
            "continuous-log-logGroup",
            "continuous-log-logStreamPrefix",
            "custom-logGroup-prefix",
            "custom-logStream-prefix",
            "customer-driver-env-vars",
            "customer-executor-env-vars",
            "datalake-formats",
            "disable-proxy-v2",
            "enable-auto-scaling",
            "enable-continuous-cloudwatch-log",
            "enable-continuous-log-filter",
            "enable-glue-datacatalog",
            "enable-job-insights",
            "enable-lakeformation-fine-grained-access",
            "enable-metrics",
            "enable-observability-metrics",
            "enable-rename-algorithm-v2",
            "enable-s3-parquet-optimized-committer",
            "enable-spark-ui",
            "executor-cores",
            "extra-files",
            "extra-jars",
            "extra-py-files",
            "job-bookmark-from",
            "job-bookmark-option",
            "job-bookmark-to",
            "job-language",
            "python-modules-installer-option",
            "scriptLocation",
            "spark-event-logs-path",
            "TempDir",
            "use-postgres-driver",
            "user-jars-first",
            "conf",
            "encryption-type",
            "debug",
            "mode",
            "endpoint",
            "JOB_NAME",
            "JOB_ID",
            "JOB_RUN_ID",
            "SECURITY_CONFIGURATION",
            "WORKFLOW_NAME",
            "WORKFLOW_RUN_ID",
            "RedshiftTempDir",
            "write-shuffle-files-to-s3",
            "write-shuffle-spills-to-s3");

    private static final List<String> EXPECTED = List.of(
            "runtime",
            "config",
            "data-centers",
            "lake",
            "checkpoint",
            "repeat",
            "metrics",
            "deep",
            "json",
            "secrets",
            "kafka-tls",
            "stage");

    @Test
    void whatGlueDocumentsIsGlues() {
        assertThat(DOCUMENTED).allMatch(GlueArguments::contain);
    }

    @Test
    void whatIsOursIsNot() {
        assertThat(EXPECTED).noneMatch(GlueArguments::contain);
    }
}
