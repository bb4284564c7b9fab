package io.tributary.cdk;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The statements that name resources by a pattern, with the reason for each. {@link TemplateChecks} rejects any other
 * statement with a pattern.
 */
final class WildcardJustifications {

    static final String PACKAGES = "Packages";
    static final String SECRETS = "KafkaSecrets";
    static final String LOGS = "JobLogs";
    static final String SPARK_FILES = "SparkFiles";
    static final String METRICS = "Metrics";
    static final String DESCRIBE = "LookUp";
    static final String NETWORK_INTERFACES = "NetworkInterfaces";
    static final String NETWORK_INTERFACE_REMOVAL = "NetworkInterfaceRemoval";
    static final String NETWORK_INTERFACE_TAGS = "NetworkInterfaceTags";
    static final String LAKE_OBJECTS = "LakeObjects";
    static final String CHECKPOINT_OBJECTS = "CheckpointObjects";
    static final String CATALOG_TABLES = "CatalogTables";
    static final String CONSOLE = "AthenaConsole";
    static final String RESULT_OBJECTS = "ResultObjects";
    static final String MSK_TOPICS = "MskTopics";
    static final String TRIAL_TOPICS = "TrialTopics";
    static final String SCHEMAS = "Schemas";

    private static final Map<String, String> REASONS = new TreeMap<>(Map.ofEntries(
            Map.entry(
                    PACKAGES,
                    "Packages and configuration lie in the stage's folder under their hashes, and a run that began before a"
                            + " deployment goes on with those of then."),
            Map.entry(
                    SECRETS,
                    "A stage may name a path of secrets, so that a data center can be added without a deployment."),
            Map.entry(LOGS, "Glue names the log streams after the job run, in the stage's two log groups."),
            Map.entry(SPARK_FILES, "Spark names its event logs and temporary files after the job run."),
            Map.entry(METRICS, "PutMetricData knows no resource; the condition allows this stage's namespaces alone."),
            Map.entry(DESCRIBE, "These look things up and know no resource."),
            Map.entry(
                    NETWORK_INTERFACES,
                    "A network interface has its id only once it is there; subnet and security" + " group are named."),
            Map.entry(
                    NETWORK_INTERFACE_REMOVAL,
                    "A network interface has its id only once it is there; the condition allows the stage's subnet alone."),
            Map.entry(
                    NETWORK_INTERFACE_TAGS,
                    "A network interface has its id only once it is there; the condition"
                            + " allows Glue's own tag in the stage's subnet alone."),
            Map.entry(LAKE_OBJECTS, "Delta names data and log files itself, all below the lake's prefix."),
            Map.entry(CHECKPOINT_OBJECTS, "Spark names the files of a checkpoint itself, all below this prefix."),
            Map.entry(CATALOG_TABLES, "Tables and view are named by the pipeline configuration, in this database."),
            Map.entry(CONSOLE, "Athena's console lists these before anything is chosen; they know no resource."),
            Map.entry(RESULT_OBJECTS, "Athena names a query's result after the query."),
            Map.entry(
                    MSK_TOPICS,
                    "Which topics of the named clusters are read is the data-centers file's to say, while the job runs."),
            Map.entry(SCHEMAS, "Producers add schemas while the job runs; the registries are named."),
            Map.entry(TRIAL_TOPICS, "Topics of the trial cluster are made while it is tried; the cluster is named.")));

    /** Statements whose actions do not support resources. */
    private static final Set<String> OF_EVERYTHING = Set.of(METRICS, DESCRIBE, CONSOLE);

    private WildcardJustifications() {}

    /** Whether a statement may name all resources ({@code *}). */
    static boolean mayNameEverything(String sid) {
        return OF_EVERYTHING.contains(sid);
    }

    /** Why a statement names resources by a pattern; null if it may not. */
    static String reason(String sid) {
        return REASONS.get(sid);
    }
}
