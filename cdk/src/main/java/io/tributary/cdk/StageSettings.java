package io.tributary.cdk;

import io.tributary.config.DataSizes;
import io.tributary.config.KafkaTls;
import io.tributary.config.SecretGrants;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a platform team decides for one stage.
 *
 * @param permissionsBoundary ARN of the policy that limits every role of the stage; empty: none does
 * @param kafkaTls whether the brokers are reached through TLS alone
 * @param secrets which secrets each data center of the data-centers file may use
 * @param secretKeys ARNs of the KMS keys that those secrets are encrypted with, where they are not AWS's own
 * @param mskClusters ARNs of the MSK clusters that the stream logs in to by IAM
 * @param schemaRegistries ARNs of the registries of AWS Glue whose schemas the stream reads
 * @param readers ARNs of the principals that Lake Formation lets read; none: Lake Formation is not used
 * @param trialKafka subnets, in two zones at least, of an MSK Serverless cluster for trials; none: no cluster
 * @param keepData whether buckets and keys outlive their stacks
 */
record StageSettings(
        String stage,
        String account,
        String region,
        GlueVersion glueVersion,
        Network network,
        Bootstrap bootstrap,
        Optional<String> permissionsBoundary,
        KafkaTls kafkaTls,
        SecretGrants secrets,
        List<String> secretKeys,
        List<String> mskClusters,
        List<String> schemaRegistries,
        Streaming streaming,
        Merge merge,
        Audit audit,
        Athena athena,
        Logs logs,
        Alarms alarms,
        List<String> readers,
        List<String> trialKafka,
        boolean keepData,
        Map<String, String> tags) {

    /** What a key has that a stage does not set. The required ones are empty: stage, account, region and network. */
    static final StageSettings DEFAULTS = new StageSettings(
            "",
            "",
            "",
            GlueVersion.V5_1,
            new Network("", "", "", List.of(), List.of()),
            Bootstrap.DEFAULTS,
            Optional.empty(),
            KafkaTls.REQUIRED,
            SecretGrants.NONE,
            List.of(),
            List.of(),
            List.of(),
            Streaming.DEFAULTS,
            Merge.DEFAULTS,
            Audit.DEFAULTS,
            Athena.DEFAULTS,
            Logs.DEFAULTS,
            Alarms.DEFAULTS,
            List.of(),
            List.of(),
            true,
            Map.of());

    StageSettings {
        secretKeys = List.copyOf(secretKeys);
        mskClusters = List.copyOf(mskClusters);
        schemaRegistries = List.copyOf(schemaRegistries);
        readers = List.copyOf(readers);
        trialKafka = List.copyOf(trialKafka);
        tags = Map.copyOf(tags);
    }

    /** Begins with these settings, of which some are set anew. */
    StageSettingsBuilder with() {
        return new StageSettingsBuilder(this);
    }

    /**
     * Where the jobs run and what they may reach.
     *
     * @param kafka the brokers' networks and ports
     * @param https where AWS's services are reached at port 443: ids of prefix lists and of security groups, and networks
     */
    record Network(String vpc, String subnet, String availabilityZone, List<Peer> kafka, List<String> https) {
        Network {
            kafka = List.copyOf(kafka);
            https = List.copyOf(https);
        }
    }

    /**
     * How the account was bootstrapped for CDK.
     *
     * @param qualifier in the names of what the bootstrap made
     * @param key ARN of the KMS key of the bucket of packages, if it has one
     */
    record Bootstrap(String qualifier, Optional<String> key) {
        static final Bootstrap DEFAULTS = new Bootstrap("hnb659fds", Optional.empty());
    }

    /** A network with brokers in it, which listen at ports from the first to the last. */
    record Peer(Ipv4Network network, int firstPort, int lastPort) {

        Peer(Ipv4Network network, int port) {
            this(network, port, port);
        }

        boolean listensAt(int port) {
            return firstPort <= port && port <= lastPort;
        }

        @Override
        public String toString() {
            return network + ":" + firstPort + (lastPort == firstPort ? "" : "-" + lastPort);
        }
    }

    /** Workers of a job; one of them is the driver. */
    record Workers(int number, WorkerType type) {
        private static final Workers DEFAULTS = new Workers(2, WorkerType.G_1X);
    }

    /**
     * The streaming job.
     *
     * @param maintenanceWindow day and hour, UTC, at which Glue may restart it, for example {@code Sun:10}
     * @param restartEvery how soon it is started again after it ended
     * @param isScaling whether Glue may run fewer workers while there is little to read
     */
    record Streaming(Workers workers, String maintenanceWindow, Duration restartEvery, boolean isScaling) {
        static final Streaming DEFAULTS = new Streaming(Workers.DEFAULTS, "Sun:10", Duration.ofMinutes(1), false);
    }

    /** The merge job. */
    record Merge(Workers workers, ScheduleInterval every, Duration timeout) {
        static final Merge DEFAULTS = new Merge(Workers.DEFAULTS, ScheduleInterval.parse("15m"), Duration.ofHours(2));
    }

    /**
     * The audit, once a day.
     *
     * @param isFlexible whether it waits for spare capacity, which costs less
     */
    record Audit(Workers workers, TimeOfDay at, Duration timeout, boolean isFlexible) {
        static final Audit DEFAULTS = new Audit(Workers.DEFAULTS, TimeOfDay.parse("04:30"), Duration.ofHours(1), false);
    }

    /**
     * The analysts' workgroup.
     *
     * @param scanLimit bytes that one query may scan
     */
    record Athena(long scanLimit, Duration resultsKept) {
        static final Athena DEFAULTS = new Athena(DataSizes.parse("100GB"), Duration.ofDays(30));
    }

    /**
     * How long logs are kept.
     *
     * @param kept those of the jobs, in CloudWatch
     * @param accessLogsKept those of who accessed the buckets
     */
    record Logs(Duration kept, Duration accessLogsKept) {
        static final Logs DEFAULTS = new Logs(Duration.ofDays(90), Duration.ofDays(90));
    }

    /**
     * When somebody is told.
     *
     * @param email who is told; empty: whoever subscribes to the topic
     * @param freshness age of what became visible, from its append in Kafka
     * @param unreachable how long a data center may be unreachable
     * @param retentionUsedPercent share of what Kafka keeps that is still unread
     * @param retentionLeft time until Kafka deletes what is unread
     * @param validThrough how long something that was sent may not be queryable
     * @param quarantinePercent share of the records read that cannot be used
     * @param castFailures values in 5 minutes that do not fit the type of their column
     * @param mergeOverdue how long no merge may have ended
     */
    record Alarms(
            Optional<String> email,
            Duration freshness,
            Duration unreachable,
            int retentionUsedPercent,
            Duration retentionLeft,
            Duration validThrough,
            int quarantinePercent,
            int castFailures,
            Duration mergeOverdue) {
        static final Alarms DEFAULTS = new Alarms(
                Optional.empty(),
                Duration.ofSeconds(60),
                Duration.ofMinutes(15),
                50,
                Duration.ofHours(6),
                Duration.ofMinutes(30),
                1,
                1_000,
                Duration.ofHours(1));
    }
}
