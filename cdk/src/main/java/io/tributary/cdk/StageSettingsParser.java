package io.tributary.cdk;

import io.tributary.cdk.StageSettings.Alarms;
import io.tributary.cdk.StageSettings.Athena;
import io.tributary.cdk.StageSettings.Audit;
import io.tributary.cdk.StageSettings.Merge;
import io.tributary.cdk.StageSettings.Network;
import io.tributary.cdk.StageSettings.Peer;
import io.tributary.cdk.StageSettings.Streaming;
import io.tributary.cdk.StageSettings.Workers;
import io.tributary.config.DataSizes;
import io.tributary.config.Durations;
import io.tributary.config.SecretGrants;
import io.tributary.config.yaml.Section;
import io.tributary.config.yaml.SettingsFile;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** A stage's file, key by key. */
final class StageSettingsParser {

    private static final Duration DAY = Duration.ofDays(1);
    private static final String ID = "([0-9a-f]{8}|[0-9a-f]{17})";
    private static final String SUBNET = "subnet-" + ID;
    private static final String SUBNET_EXAMPLE = "subnet-0123456789abcdef0";
    private static final String PEER_EXAMPLE = "\"10.1.0.0/16:9096\", network and port";

    /** AWS takes 50 on a resource, and CloudFormation adds some of its own. */
    private static final int MAX_TAGS = 40;

    /** The rules of a security group are 60 where nobody has asked AWS for more, and some are the stage's own. */
    private static final int MAX_PEERS = 50;

    private static final String PREFIX_LIST = "pl-" + ID;
    private static final String SECURITY_GROUP = "sg-" + ID;
    private static final String HTTPS_EXAMPLE =
            "a prefix list (pl-0123456789abcdef0), a security group (sg-0123456789abcdef0) or a network (10.1.0.0/16)";

    private static final Pattern TAG_TEXT = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+@-]*");

    private static final Pattern STAGE = Pattern.compile("[a-z][a-z0-9]{0,11}");

    private StageSettingsParser() {}

    /**
     * Reads the file of a stage.
     *
     * @throws io.tributary.error.InvalidInputException with all problems of the file
     */
    static StageSettings parse(String stage, String yaml, String origin) {
        return SettingsFile.parse(yaml, "stage settings", origin, root -> settings(stage, root));
    }

    private static StageSettings settings(String stage, Section root) {
        if (!STAGE.matcher(stage).matches()) {
            root.problem(
                    "the folder's name",
                    "\"" + stage + "\" is no stage's name, which becomes part of every other; take 1 to 12 lower-case"
                            + " letters and digits, starting with a letter");
        }
        // Everything that the templates name is of the partition aws.
        String region = required(root, "region", "(?!cn-|us-gov-|us-iso)[a-z]{2}(-[a-z]+)+-\\d", "eu-central-1");
        List<String> trialKafka = distinct(root, "trial_kafka", matching(SUBNET, SUBNET_EXAMPLE));
        if (trialKafka.size() == 1) {
            root.problem("trial_kafka", "names one subnet; MSK Serverless wants two at least, in different zones");
        }
        Merge merge = root.section("merge", merge(null), StageSettingsParser::merge);
        Alarms alarms = root.section("alarms", alarms(null), StageSettingsParser::alarms);
        if (alarms.mergeOverdue().compareTo(merge.every().interval()) <= 0) {
            root.problem(
                    "alarms.merge_overdue",
                    "is not longer than merge.every, so the alarm would sound between any two merges; make it twice that");
        }
        Map<String, String> tags = root.section("tags", Map.of(), StageSettingsParser::tags);
        if (tags.size() > MAX_TAGS) {
            root.problem("tags", "are " + tags.size() + ", and at most " + MAX_TAGS + " can be put on everything");
        }
        return new StageSettings(
                stage,
                required(root, "account", "\\d{12}", "\"111122223333\", in quotes"),
                region,
                root.literal("glue_version", GlueVersion.V5_1, GlueVersion::parse),
                root.section(
                        "network", new Network("", "", "", List.of(), List.of()), section -> network(section, region)),
                root.section("secrets", SecretGrants.NONE, StageSettingsParser::secrets),
                root.texts(
                        "secret_keys", matching("arn:aws:kms:[a-z0-9-]+:\\d{12}:key/[A-Za-z0-9-]+", "the key's ARN")),
                root.texts(
                        "msk_clusters",
                        matching(
                                "arn:aws:kafka:[a-z0-9-]+:\\d{12}:cluster/[A-Za-z0-9-]+/[A-Za-z0-9-]+",
                                "the cluster's ARN")),
                root.section("streaming", streaming(null), StageSettingsParser::streaming),
                merge,
                root.section("audit", audit(null), StageSettingsParser::audit),
                root.section("athena", athena(null), StageSettingsParser::athena),
                alarms,
                distinct(
                        root,
                        "readers",
                        matching(
                                "arn:aws:iam::\\d{12}:(role|user|saml-provider)/[\\w+=,.@:/-]+",
                                "the ARN of a role, a user, or a user or group of a SAML provider")),
                trialKafka,
                root.literal("keep_data", true, StageSettingsParser::truth),
                tags);
    }

    private static Network network(Section section, String region) {
        String zone = required(section, "availability_zone", "[a-z0-9-]+[a-z]", "eu-central-1a");
        if (!zone.isEmpty() && !region.isEmpty() && !zone.startsWith(region)) {
            section.problem("availability_zone", "\"" + zone + "\" is no zone of the region " + region);
        }
        List<Peer> kafka = distinct(section, "kafka", StageSettingsParser::peer);
        if (section.lacks("kafka")) {
            section.problem("kafka", "is missing; list where the brokers are, for example [\"10.1.0.0/16:9096\"]");
        }
        if (kafka.size() > MAX_PEERS) {
            section.problem(
                    "kafka",
                    "are " + kafka.size() + ", and a security group takes " + MAX_PEERS
                            + " beside its own; name networks that hold several");
        }
        return new Network(
                required(section, "vpc", "vpc-" + ID, "vpc-0123456789abcdef0"),
                required(section, "subnet", SUBNET, SUBNET_EXAMPLE),
                zone,
                kafka,
                https(section));
    }

    /** Every service has an endpoint or a prefix list, so nothing has to be open to the world. */
    private static List<String> https(Section section) {
        if (section.lacks("https")) {
            section.problem(
                    "https",
                    "is missing; list where AWS's services are reached at port 443: the prefix list of S3's gateway"
                            + " endpoint, and the security groups or networks of the interface endpoints");
        }
        return distinct(section, "https", text -> {
            if (text.matches(Ipv4Network.FORM)) {
                Ipv4Network.parse(text).requireNarrow();
                return text;
            }
            return matching(PREFIX_LIST + "|" + SECURITY_GROUP, HTTPS_EXAMPLE).apply(text);
        });
    }

    private static SecretGrants secrets(Section section) {
        Map<String, List<String>> arns = new TreeMap<>();
        section.keys()
                .forEach(dataCenter -> arns.put(
                        dataCenter, section.texts(dataCenter, arn -> SecretGrants.requireArn(dataCenter, arn))));
        return new SecretGrants(arns);
    }

    private static Peer peer(String text) {
        String peer = matching(Ipv4Network.FORM + ":\\d{1,5}", PEER_EXAMPLE).apply(text);
        int colon = peer.indexOf(':');
        int port = Integer.parseInt(peer.substring(colon + 1));
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("\"" + text + "\" has no port from 1 to 65535; write " + PEER_EXAMPLE);
        }
        Ipv4Network network = Ipv4Network.parse(peer.substring(0, colon));
        network.requireNarrow();
        return new Peer(network, port);
    }

    /** @param section null for the defaults, here and below */
    private static Streaming streaming(Section section) {
        return section == null
                ? new Streaming(new Workers(2, WorkerType.G_1X), "Sun:10", ScheduleInterval.parse("10m"))
                : new Streaming(
                        workers(section, streaming(null).workers(), WorkerType::parse),
                        section.text(
                                "maintenance_window",
                                streaming(null).maintenanceWindow(),
                                matching("(Mon|Tue|Wed|Thu|Fri|Sat|Sun):(1?\\d|2[0-3])", "\"Sun:10\", day and hour")),
                        section.literal("restart_every", streaming(null).restartEvery(), ScheduleInterval::parse));
    }

    private static Merge merge(Section section) {
        return section == null
                ? new Merge(new Workers(2, WorkerType.G_1X), ScheduleInterval.parse("15m"), Duration.ofHours(2))
                : new Merge(
                        workers(section, merge(null).workers(), WorkerType::parseForBatch),
                        section.literal("every", merge(null).every(), ScheduleInterval::parse),
                        section.literal("timeout", merge(null).timeout(), StageSettingsParser::minutes));
    }

    private static Audit audit(Section section) {
        return section == null
                ? new Audit(new Workers(2, WorkerType.G_1X), TimeOfDay.parse("04:30"), Duration.ofHours(1))
                : new Audit(
                        workers(section, audit(null).workers(), WorkerType::parseForBatch),
                        section.literal("at", audit(null).at(), TimeOfDay::parse),
                        section.literal("timeout", audit(null).timeout(), StageSettingsParser::minutes));
    }

    private static Athena athena(Section section) {
        return section == null
                ? new Athena(DataSizes.parse("100GB"), Duration.ofDays(30))
                : new Athena(
                        section.literal("scan_limit", athena(null).scanLimit(), StageSettingsParser::scanLimit),
                        section.literal("results_kept", athena(null).resultsKept(), StageSettingsParser::days));
    }

    private static Alarms alarms(Section section) {
        return section == null
                ? new Alarms(
                        Optional.empty(), Duration.ofSeconds(60), Duration.ofMinutes(15), 50, 1, Duration.ofHours(1))
                : new Alarms(
                        section.optionalText("email", matching("\\S+@\\S+\\.\\S+", "on-call@example.com")),
                        section.literal("freshness", alarms(null).freshness(), Durations::parsePositive),
                        section.literal("silent", alarms(null).silent(), StageSettingsParser::periods),
                        (int) section.wholeNumber(
                                "retention_used_percent", alarms(null).retentionUsedPercent(), 1, 99),
                        (int) section.wholeNumber(
                                "quarantine_percent", alarms(null).quarantinePercent(), 1, 100),
                        section.literal("merge_overdue", alarms(null).mergeOverdue(), StageSettingsParser::periods));
    }

    private static Workers workers(Section section, Workers byDefault, Function<String, WorkerType> type) {
        return new Workers(
                (int) section.wholeNumber("workers", byDefault.number(), 2, 299),
                section.text("worker_type", byDefault.type(), type));
    }

    private static String required(Section section, String key, String pattern, String example) {
        return section.requiredText(key, matching(pattern, example)).orElse("");
    }

    private static Function<String, String> matching(String pattern, String example) {
        return text -> {
            if (!text.matches(pattern)) {
                throw new IllegalArgumentException("\"" + text + "\" is not one; write " + example);
            }
            return text;
        };
    }

    private static boolean truth(String text) {
        if (!text.matches("true|false")) {
            throw new IllegalArgumentException("\"" + text + "\" is neither true nor false");
        }
        return Boolean.parseBoolean(text);
    }

    private static <T> List<T> distinct(Section section, String key, Function<String, T> parse) {
        List<T> all = section.texts(key, parse);
        if (all.stream().distinct().count() < all.size()) {
            section.problem(key, "names one twice; leave it out the second time");
        }
        return all;
    }

    private static Map<String, String> tags(Section section) {
        Map<String, String> tags = section.literals();
        Set<String> earlier = new HashSet<>();
        tags.forEach((key, value) -> {
            if (!earlier.add(key.toLowerCase(Locale.ROOT))) {
                section.problem(
                        key, "is the key of another tag, capitals aside, and IAM takes them for one; leave one out");
            }
            if (key.isEmpty()
                    || key.toLowerCase(Locale.ROOT).startsWith("aws:")
                    || !TAG_TEXT.matcher(key + value).matches()
                    || key.length() > 128
                    || value.length() > 256) {
                section.problem(
                        key,
                        "is no tag that AWS takes: a key has 1 to 128 characters and does not begin with aws:, a value has"
                                + " at most 256; both are of letters, digits, spaces and _ . : / = + - @");
            }
        });
        return tags;
    }

    /** Of a run, which Glue ends after a week at the latest. */
    private static Duration minutes(String text) {
        Duration timeout = whole(text, Duration.ofMinutes(1), "minutes");
        if (timeout.compareTo(Duration.ofDays(7)) > 0) {
            throw new IllegalArgumentException("\"" + text + "\" is longer than the 7d that Glue lets a run last");
        }
        return timeout;
    }

    private static Duration days(String text) {
        return whole(text, DAY, "days");
    }

    /** What an alarm looks back over, in its periods of five minutes. */
    private static Duration periods(String text) {
        Duration duration = whole(text, Duration.ofMinutes(5), "periods of 5m");
        if (duration.compareTo(DAY) > 0) {
            throw new IllegalArgumentException("\"" + text + "\" is longer than the day that an alarm can look back");
        }
        return duration;
    }

    private static Duration whole(String text, Duration unit, String name) {
        Duration duration = Durations.parsePositive(text);
        if (duration.toMillis() % unit.toMillis() != 0) {
            throw new IllegalArgumentException("\"" + text + "\" is no whole number of " + name);
        }
        return duration;
    }

    private static long scanLimit(String text) {
        long bytes = DataSizes.parse(text);
        if (bytes < 10_000_000) {
            throw new IllegalArgumentException("\"" + text + "\" is less than the 10MB that Athena allows");
        }
        return bytes;
    }
}
