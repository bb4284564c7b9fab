package io.tributary.cdk;

import static io.tributary.cdk.SettingValues.distinct;
import static io.tributary.cdk.SettingValues.matching;
import static io.tributary.cdk.SettingValues.required;

import io.tributary.cdk.StageSettings.Alarms;
import io.tributary.cdk.StageSettings.Athena;
import io.tributary.cdk.StageSettings.Bootstrap;
import io.tributary.cdk.StageSettings.Logs;
import io.tributary.cdk.StageSettings.Merge;
import io.tributary.config.DataSizes;
import io.tributary.config.Durations;
import io.tributary.config.KafkaTls;
import io.tributary.config.SecretGrants;
import io.tributary.config.yaml.Section;
import io.tributary.config.yaml.SettingsFile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A stage's file, key by key. */
final class StageSettingsParser {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration MAX_QUERIED = Duration.ofHours(3);
    private static final Pattern STAGE = Pattern.compile("[a-z][a-z0-9]{0,11}");

    /** Athena's own lower bound. */
    private static final long MIN_SCAN_LIMIT = 10_000_000;

    /** What CloudWatch offers, in days. */
    private static final List<Long> LOG_RETENTIONS =
            List.of(7L, 14L, 30L, 60L, 90L, 120L, 180L, 365L, 400L, 731L, 1827L, 3653L);

    private StageSettingsParser() {}

    /**
     * Reads the file of a stage.
     *
     * @throws io.tributary.error.InvalidInputException with all problems of the file
     */
    static StageSettings parse(String stage, String yaml, String origin) {
        return SettingsFile.parse(yaml, "stage settings", origin, root -> settings(stage, root));
    }

    static Supplier<StageSettings> settings(String stage, Section root) {
        requireName(stage, root);
        StageSettings defaults = StageSettings.DEFAULTS;
        // Everything that the templates name is of the partition aws.
        String region = required(root, "region", "(?!cn-|us-gov-|[a-z]{2}-iso)[a-z]{2}(-[a-z]+)+-\\d", "eu-central-1");
        Merge merge = root.section("merge", Merge.DEFAULTS, JobsParser::merge);
        return defaults.with()
                .stage(stage)
                .account(required(root, "account", "\\d{12}", "\"111122223333\", in quotes"))
                .region(region)
                .glueVersion(root.literal("glue_version", defaults.glueVersion(), GlueVersion::parse))
                .network(root.section("network", defaults.network(), section -> NetworkParser.parse(section, region)))
                .bootstrap(root.section("bootstrap", defaults.bootstrap(), StageSettingsParser::bootstrap))
                .permissionsBoundary(root.optionalText(
                        "permissions_boundary",
                        matching(
                                "arn:aws:iam::\\d{12}:policy/[\\w+=,.@/-]+",
                                "the ARN of a managed policy of the account")))
                .kafkaTls(root.literal("kafka_tls", defaults.kafkaTls(), KafkaTls::parse))
                .secrets(root.section("secrets", defaults.secrets(), StageSettingsParser::secrets))
                .secretKeys(root.texts(
                        "secret_keys", matching("arn:aws:kms:[a-z0-9-]+:\\d{12}:key/[A-Za-z0-9-]+", "the key's ARN")))
                .mskClusters(root.texts(
                        "msk_clusters",
                        matching(
                                "arn:aws:kafka:[a-z0-9-]+:\\d{12}:cluster/[A-Za-z0-9-]+/[A-Za-z0-9-]+",
                                "the cluster's ARN")))
                .schemaRegistries(root.texts(
                        "schema_registries",
                        matching(
                                "arn:aws:glue:[a-z0-9-]+:\\d{12}:registry/[A-Za-z0-9._$#-]+",
                                "the ARN of a registry of AWS Glue")))
                .streaming(root.section("streaming", defaults.streaming(), JobsParser::streaming))
                .merge(merge)
                .audit(root.section("audit", defaults.audit(), JobsParser::audit))
                .athena(root.section("athena", defaults.athena(), StageSettingsParser::athena))
                .logs(root.section("logs", defaults.logs(), StageSettingsParser::logs))
                .alarms(alarms(root, merge))
                .readers(distinct(
                        root,
                        "readers",
                        matching(
                                "arn:aws:iam::\\d{12}:(role|user|saml-provider)/[\\w+=,.@:/-]+",
                                "the ARN of a role, a user, or a user or group of a SAML provider")))
                .trialKafka(trialKafka(root))
                .keepData(root.literal("keep_data", defaults.keepData(), SettingValues::trueOrFalse))
                .tags(TagsParser.parse(root))::build;
    }

    /** Whether a text can be the name of a stage. */
    static boolean isName(String text) {
        return STAGE.matcher(text).matches();
    }

    private static void requireName(String stage, Section root) {
        if (!isName(stage)) {
            root.problem(
                    "the folder's name",
                    "\"" + stage + "\" is no stage's name, which becomes part of every other; take 1 to 12 lower-case"
                            + " letters and digits, starting with a letter");
        }
    }

    private static SecretGrants secrets(Section section) {
        Map<String, List<String>> arns = new TreeMap<>();
        section.keys()
                .forEach(dataCenter -> arns.put(
                        dataCenter, section.texts(dataCenter, arn -> SecretGrants.requireArn(dataCenter, arn))));
        return new SecretGrants(arns);
    }

    private static List<String> trialKafka(Section root) {
        List<String> subnets =
                distinct(root, "trial_kafka", matching(SettingValues.SUBNET, SettingValues.SUBNET_EXAMPLE));
        if (subnets.size() == 1) {
            root.problem("trial_kafka", "names one subnet; MSK Serverless wants two at least, in different zones");
        }
        return subnets;
    }

    private static Athena athena(Section section) {
        Athena defaults = Athena.DEFAULTS;
        return new Athena(
                section.literal("scan_limit", defaults.scanLimit(), StageSettingsParser::scanLimit),
                section.literal(
                        "results_kept", defaults.resultsKept(), text -> SettingValues.wholeUnits(text, DAY, "days")));
    }

    private static Bootstrap bootstrap(Section section) {
        return new Bootstrap(
                section.text("qualifier", Bootstrap.DEFAULTS.qualifier(), matching("[a-z0-9]{1,10}", "hnb659fds")),
                section.optionalText(
                        "key", matching("arn:aws:kms:[a-z0-9-]+:\\d{12}:key/[A-Za-z0-9-]+", "the key's ARN")));
    }

    private static Logs logs(Section section) {
        Logs defaults = Logs.DEFAULTS;
        return new Logs(
                section.literal("kept", defaults.kept(), StageSettingsParser::logRetention),
                section.literal(
                        "access_logs_kept",
                        defaults.accessLogsKept(),
                        text -> SettingValues.wholeUnits(text, DAY, "days")));
    }

    private static Duration logRetention(String text) {
        Duration kept = SettingValues.wholeUnits(text, DAY, "days");
        if (!LOG_RETENTIONS.contains(kept.toDays())) {
            throw new IllegalArgumentException("\"" + text + "\" is no time that CloudWatch keeps logs for; write "
                    + LOG_RETENTIONS.stream().map(days -> days + "d").collect(Collectors.joining(" or ")));
        }
        return kept;
    }

    private static long scanLimit(String text) {
        long bytes = DataSizes.parse(text);
        if (bytes < MIN_SCAN_LIMIT) {
            throw new IllegalArgumentException("\"" + text + "\" is less than the 10MB that Athena allows");
        }
        return bytes;
    }

    private static Alarms alarms(Section root, Merge merge) {
        Alarms alarms = root.section("alarms", Alarms.DEFAULTS, StageSettingsParser::alarms);
        if (alarms.mergeOverdue().compareTo(merge.every().interval()) <= 0) {
            root.problem(
                    "alarms.merge_overdue",
                    "is not longer than merge.every, so the alarm would sound between any two merges; make it twice that");
        }
        return alarms;
    }

    private static Alarms alarms(Section section) {
        Alarms defaults = Alarms.DEFAULTS;
        return new Alarms(
                section.optionalText("email", matching("[^\\s@,;]+@[^\\s@,;]+\\.[^\\s@,;]+", "on-call@example.com")),
                section.literal("freshness", defaults.freshness(), Durations::parsePositive),
                section.literal("unreachable", defaults.unreachable(), StageSettingsParser::queriedPeriods),
                (int) section.wholeNumber("retention_used_percent", defaults.retentionUsedPercent(), 1, 99),
                section.literal("retention_left", defaults.retentionLeft(), Durations::parsePositive),
                section.literal("valid_through", defaults.validThrough(), Durations::parsePositive),
                (int) section.wholeNumber("quarantine_percent", defaults.quarantinePercent(), 1, 100),
                (int) section.wholeNumber("cast_failures", defaults.castFailures(), 0, 1_000_000_000),
                section.literal("merge_overdue", defaults.mergeOverdue(), StageSettingsParser::alarmPeriods));
    }

    /** The same for an alarm that asks for each data center, for which CloudWatch looks back over the last hours alone. */
    private static Duration queriedPeriods(String text) {
        Duration duration = alarmPeriods(text);
        if (duration.compareTo(MAX_QUERIED) > 0) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is longer than the 3h that an alarm on each data center can look back");
        }
        return duration;
    }

    /** The time that an alarm looks back over, in its periods of five minutes. */
    private static Duration alarmPeriods(String text) {
        Duration duration = SettingValues.wholeUnits(text, Duration.ofMinutes(5), "periods of 5m");
        if (duration.compareTo(DAY) > 0) {
            throw new IllegalArgumentException("\"" + text + "\" is longer than the day that an alarm can look back");
        }
        return duration;
    }
}
