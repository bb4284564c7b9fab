package io.tributary.cdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.cdk.StageSettings.Alarms;
import io.tributary.cdk.StageSettings.Athena;
import io.tributary.cdk.StageSettings.Audit;
import io.tributary.cdk.StageSettings.Bootstrap;
import io.tributary.cdk.StageSettings.Logs;
import io.tributary.cdk.StageSettings.Merge;
import io.tributary.cdk.StageSettings.Network;
import io.tributary.cdk.StageSettings.Peer;
import io.tributary.cdk.StageSettings.Streaming;
import io.tributary.cdk.StageSettings.Workers;
import io.tributary.config.KafkaTls;
import io.tributary.config.SecretGrants;
import io.tributary.error.InvalidInputException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StageSettingsTest {

    /** The shortest file that a stage may have. */
    static final String REQUIRED = """
            account: "111122223333"
            region: eu-central-1
            network:
              vpc: vpc-0a1b2c3d
              subnet: subnet-0a1b2c3d
              availability_zone: eu-central-1a
              kafka: ["10.1.0.0/16:9096"]
              https: [pl-0a1b2c3d, sg-0a1b2c3d, "10.2.0.0/24"]
            """;

    private static final Network NETWORK = new Network(
            "vpc-0a1b2c3d",
            "subnet-0a1b2c3d",
            "eu-central-1a",
            List.of(new Peer(Ipv4Network.parse("10.1.0.0/16"), 9096)),
            List.of("pl-0a1b2c3d", "sg-0a1b2c3d", "10.2.0.0/24"));

    @Test
    void whatIsNotSaidHasADefault() {
        assertThat(parse(REQUIRED)).isEqualTo(required().build());
    }

    @Test
    void theDefaults() {
        StageSettings defaults = StageSettings.DEFAULTS;
        Workers two = new Workers(2, WorkerType.G_1X);

        assertThat(defaults.glueVersion()).isEqualTo(GlueVersion.V5_1);
        assertThat(defaults.bootstrap()).isEqualTo(new Bootstrap("hnb659fds", Optional.empty()));
        assertThat(defaults.permissionsBoundary()).isEmpty();
        assertThat(defaults.kafkaTls()).isEqualTo(KafkaTls.REQUIRED);
        assertThat(defaults.secrets()).isEqualTo(SecretGrants.NONE);
        assertThat(defaults.secretKeys()).isEmpty();
        assertThat(defaults.mskClusters()).isEmpty();
        assertThat(defaults.schemaRegistries()).isEmpty();
        assertThat(defaults.streaming()).isEqualTo(new Streaming(two, "Sun:10", Duration.ofMinutes(1), false));
        assertThat(defaults.merge()).isEqualTo(new Merge(two, ScheduleInterval.parse("15m"), Duration.ofHours(2)));
        assertThat(defaults.audit()).isEqualTo(new Audit(two, TimeOfDay.parse("04:30"), Duration.ofHours(1), false));
        assertThat(defaults.athena()).isEqualTo(new Athena(100_000_000_000L, Duration.ofDays(30)));
        assertThat(defaults.logs()).isEqualTo(new Logs(Duration.ofDays(90), Duration.ofDays(90)));
        assertThat(defaults.alarms())
                .isEqualTo(new Alarms(
                        Optional.empty(),
                        Duration.ofSeconds(60),
                        Duration.ofMinutes(15),
                        50,
                        Duration.ofHours(6),
                        Duration.ofMinutes(30),
                        1,
                        1_000,
                        Duration.ofHours(1)));
        assertThat(defaults.readers()).isEmpty();
        assertThat(defaults.trialKafka()).isEmpty();
        assertThat(defaults.keepData()).isTrue();
        assertThat(defaults.tags()).isEmpty();
    }

    @Test
    void everythingCanBeSaid() {
        assertThat(parse(REQUIRED + """
                glue_version: "6.0"
                secrets: {a: ["arn:aws:secretsmanager:eu-central-1:111122223333:secret:a-AbCdEf"]}
                secret_keys: ["arn:aws:kms:eu-central-1:111122223333:key/1"]
                msk_clusters: ["arn:aws:kafka:eu-central-1:111122223333:cluster/events/0a-1"]
                schema_registries: ["arn:aws:glue:eu-central-1:111122223333:registry/events"]
                streaming: {workers: 3, worker_type: G.025X, maintenance_window: "Mon:3", restart_every: 5m, auto_scaling: true}
                merge: {workers: 4, worker_type: G.2X, every: 1h, timeout: 90m}
                audit: {workers: 5, worker_type: G.2X, at: "23:59", timeout: 30m, flex: true}
                athena: {scan_limit: 1GB, results_kept: 7d}
                bootstrap: {qualifier: team1, key: "arn:aws:kms:eu-central-1:111122223333:key/2"}
                permissions_boundary: arn:aws:iam::111122223333:policy/teams/boundary
                kafka_tls: optional
                logs: {kept: 365d, access_logs_kept: 30d}
                alarms: {email: a@b.example, freshness: 2m, unreachable: 30m, retention_used_percent: 60, quarantine_percent: 2, cast_failures: 50,
                         merge_overdue: 2h, retention_left: 12h, valid_through: 20m}
                readers: ["arn:aws:iam::111122223333:role/analysts"]
                trial_kafka: [subnet-0a1b2c3d, subnet-0a1b2c3e]
                keep_data: false
                tags: {owner: us, cost-center: 17}
                """))
                .isEqualTo(required()
                        .glueVersion(GlueVersion.V6_0)
                        .secrets(new SecretGrants(Map.of(
                                "a", List.of("arn:aws:secretsmanager:eu-central-1:111122223333:secret:a-AbCdEf"))))
                        .secretKeys(List.of("arn:aws:kms:eu-central-1:111122223333:key/1"))
                        .mskClusters(List.of("arn:aws:kafka:eu-central-1:111122223333:cluster/events/0a-1"))
                        .schemaRegistries(List.of("arn:aws:glue:eu-central-1:111122223333:registry/events"))
                        .streaming(
                                new Streaming(new Workers(3, WorkerType.G_025X), "Mon:3", Duration.ofMinutes(5), true))
                        .merge(new Merge(
                                new Workers(4, WorkerType.G_2X), ScheduleInterval.parse("1h"), Duration.ofMinutes(90)))
                        .audit(new Audit(
                                new Workers(5, WorkerType.G_2X),
                                TimeOfDay.parse("23:59"),
                                Duration.ofMinutes(30),
                                true))
                        .athena(new Athena(1_000_000_000L, Duration.ofDays(7)))
                        .bootstrap(new Bootstrap("team1", Optional.of("arn:aws:kms:eu-central-1:111122223333:key/2")))
                        .permissionsBoundary(Optional.of("arn:aws:iam::111122223333:policy/teams/boundary"))
                        .kafkaTls(KafkaTls.OPTIONAL)
                        .logs(new Logs(Duration.ofDays(365), Duration.ofDays(30)))
                        .alarms(new Alarms(
                                Optional.of("a@b.example"),
                                Duration.ofMinutes(2),
                                Duration.ofMinutes(30),
                                60,
                                Duration.ofHours(12),
                                Duration.ofMinutes(20),
                                2,
                                50,
                                Duration.ofHours(2)))
                        .readers(List.of("arn:aws:iam::111122223333:role/analysts"))
                        .trialKafka(List.of("subnet-0a1b2c3d", "subnet-0a1b2c3e"))
                        .keepData(false)
                        .tags(Map.of("owner", "us", "cost-center", "17"))
                        .build());
    }

    @Test
    void everyProblemIsSaidAtOnce() {
        assertThatThrownBy(() -> StageSettingsParser.parse("Dev!", """
                        account: "123"
                        region: mars
                        glue_version: "4.0"
                        network: {vpc: my-vpc, subnet: subnet-0a1b2c3d, availability_zone: eu-central-1a, kafka: [everywhere], https: [everything]}
                        secrets: {fra: [password]}
                        msk_clusters: [events]
                        streaming: {workers: 1, maintenance_window: sunday}
                        merge: {every: 7m, worker_type: G.025X}
                        audit: {at: noon}
                        athena: {scan_limit: 1kB}
                        alarms: {freshness: 0s, unreachable: 7m, retention_used_percent: 100, merge_overdue: 2d}
                        trial_kafka: [subnet-0a1b2c3d]
                        keep_data: maybe
                        tag: {}
                        """, "stage.yaml"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll(
                        "The stage settings stage.yaml has 22 problems:",
                        "the folder's name: \"Dev!\" is no stage's name",
                        "account: \"123\" is not one",
                        "region: \"mars\" is not one",
                        "glue_version: \"4.0\" is no version of Glue that the jobs are built for; write \"5.1\" or \"6.0\"",
                        "network.vpc: \"my-vpc\" is not one",
                        "network.kafka[0]: \"everywhere\" is not one",
                        "network.https[0]: \"everything\" is not one; write a prefix list",
                        "secrets.fra[0]: \"password\" is not one",
                        "msk_clusters[0]: \"events\" is not one",
                        "streaming.workers: 1 is not a whole number from 2 to 299",
                        "streaming.maintenance_window: \"sunday\" is not one",
                        "merge.every: \"7m\" does not divide an hour",
                        "merge.worker_type: \"G.025X\" is for streaming jobs only",
                        "audit.at: \"noon\" is no time of day",
                        "athena.scan_limit: \"1kB\" is less than the 10MB",
                        "alarms.freshness: ",
                        "alarms.unreachable: \"7m\" is no whole number of periods of 5m",
                        "alarms.retention_used_percent: 100 is not a whole number from 1 to 99",
                        "alarms.merge_overdue: \"2d\" is longer than the day",
                        "trial_kafka: names one subnet",
                        "keep_data: \"maybe\" is neither true nor false",
                        "tag: is not a known key; did you mean tags?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "region: eu-isoe-west-1|region: \"eu-isoe-west-1\" is not one",
                "region: cn-north-1|region: \"cn-north-1\" is not one",
                "merge: {every: 2h}|alarms.merge_overdue: is not longer than merge.every",
                "logs: {kept: 10d}|logs.kept: \"10d\" is no time that CloudWatch keeps logs for",
                "logs: {access_logs_kept: 36h}|logs.access_logs_kept: \"36h\" is no whole number of days",
                "alarms: {unreachable: 4h}|alarms.unreachable: \"4h\" is longer than the 3h that an alarm on each data center",
                "streaming: {restart_every: 90s}|streaming.restart_every: \"90s\" is no whole number of minutes",
                "streaming: {restart_every: 13h}|streaming.restart_every: \"13h\" is longer than 12h",
                "audit: {at: '04:30:30'}|audit.at: \"04:30:30\" has seconds, and a schedule has none",
                "alarms: {email: 'a@b.example,c@d.example'}|alarms.email: ",
                "bootstrap: {qualifier: Team}|bootstrap.qualifier: \"Team\" is not one",
                "permissions_boundary: boundary|permissions_boundary: \"boundary\" is not one",
                "audit: {flex: true, worker_type: R.1X}|audit.flex: is offered for workers of G.1X and G.2X alone",
                "kafka_tls: true|kafka_tls: \"true\" is neither; write required or optional",
                "merge: {timeout: 8d}|merge.timeout: \"8d\" is longer than the 7d that Glue lets a run last",
                "readers: ['arn:aws:iam::111122223333:role/a', 'arn:aws:iam::111122223333:role/a']|readers: names one twice",
                "trial_kafka: [subnet-0a1b2c3d, subnet-0a1b2c3d]|trial_kafka: names one twice",
                "secrets: ['arn:aws:secretsmanager:eu-central-1:111122223333:secret:a-AbCdEf']|secrets: a list stands where",
                "secrets: {a: ['arn:aws-cn:secretsmanager:cn-north-1:1:secret:a']}|secrets.a[0]: ",
                "secrets: {a: ['arn:aws:secretsmanager:eu-central-1:111122223333:secret:fra1']}|secrets.a[0]: ",
                "secrets: {a: ['arn:aws:secretsmanager:eu-central-1:111122223333:secret:fra1-password']}|secrets.a[0]: ",
                "secrets: {'*': ['arn:aws:secretsmanager:eu-central-1:111122223333:secret:a-AbCdEf']}|no two data centers",
                "secrets: {a/b: ['arn:aws:secretsmanager:eu-central-1:111122223333:secret:a-AbCdEf']}|secrets.a/b[0]: ",
                "readers: ['arn:aws:iam::111122223333:root']|readers[0]: ",
                "readers: ['arn:aws:iam::111122223333:role/*']|readers[0]: ",
                "secrets: {a: ['arn:aws:secretsmanager:eu-central-1:111122223333:secret:fra1*']}|secrets.a[0]: ",
                "secret_keys: ['arn:aws:kms:eu-central-1:111122223333:key/*']|secret_keys[0]: ",
                "msk_clusters: ['arn:aws:kafka:eu-central-1:111122223333:cluster/*/x']|msk_clusters[0]: ",
                "tags: {Team: y, team: x}|tags.team: is the key of another tag, capitals aside",
                "tags: {'aws:x': y}|tags.aws:x: is no tag that AWS takes",
                "tags: {owner: 'us & them'}|tags.owner: is no tag that AWS takes",
                "tags: {'a,b': y}|tags.a,b: is no tag that AWS takes",
                "tags: {'': y}|is no tag that AWS takes"
            })
    void whatAwsWouldRefuseIsRefused(String line, String problem) {
        String others = REQUIRED.replaceFirst("(?m)^" + line.replaceFirst(":.*", "") + ": .*\n", "");

        assertThatThrownBy(() -> parse(others + line + "\n"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "999.1.1.1/16:9096",
                "10.1.0.0/33:9096",
                "10.1.0.0/16:0",
                "10.1.0.0/16:99999",
                "10.1.0.0/16:9-8",
                "10.1.0.0/16:1-70000",
                "10.1.0.0/16"
            })
    void whatIsNoNetworkAndPortIsRefused(String peer) {
        assertThatThrownBy(() -> parse(REQUIRED.replace("10.1.0.0/16:9096", peer)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("network.kafka[0]: \"" + peer + "\"")
                .hasMessageContaining("write \"10.1.0.0/16:9096\", network and port");
    }

    @Test
    void aSecurityGroupTakesSoManyNetworksAndEachOnce() {
        String many = IntStream.range(0, 51)
                .mapToObj(number -> "\"10." + number + ".0.0/16:9096\"")
                .collect(Collectors.joining(", "));

        assertThatThrownBy(() -> parse(REQUIRED.replace("\"10.1.0.0/16:9096\"", many)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("network.kafka: are 51, and a security group takes 50 beside its own");
        assertThatThrownBy(() ->
                        parse(REQUIRED.replace("\"10.1.0.0/16:9096\"", "\"10.1.0.0/16:9096\", \"10.1.0.0/16:9096\"")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("network.kafka: names one twice");
    }

    @Test
    void aClusterMayListenAtAPortForEachBroker() {
        Peer peer = parse(REQUIRED.replace(":9096", ":14001-14100"))
                .network()
                .kafka()
                .get(0);

        assertThat(peer).isEqualTo(new Peer(Ipv4Network.parse("10.1.0.0/16"), 14_001, 14_100));
        assertThat(peer).hasToString("10.1.0.0/16:14001-14100");
        assertThat(peer.listensAt(14_000)).isFalse();
        assertThat(peer.listensAt(14_001)).isTrue();
        assertThat(peer.listensAt(14_100)).isTrue();
        assertThat(peer.listensAt(14_101)).isFalse();
        assertThatThrownBy(() -> parse(REQUIRED.replace(":9096", ":1-1001")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("network.kafka[0]: \"10.1.0.0/16:1-1001\" opens more than 1000 ports");
    }

    @Test
    void theAddressOfOneMachineIsNoNetwork() {
        assertThatThrownBy(() -> parse(REQUIRED.replace("10.1.0.0/16", "10.1.129.77/17")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("\"10.1.129.77/17\" lies in the network 10.1.128.0/17; write that");
        assertThat(parse(REQUIRED.replace("10.1.0.0/16", "10.1.129.77/32"))
                        .network()
                        .kafka())
                .containsExactly(new Peer(Ipv4Network.parse("10.1.129.77/32"), 9096));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/7", "169.254.0.0/16", "169.254.169.254/32"})
    void theWorldAndTheMachineItselfAreNoNetworks(String network) {
        assertThatThrownBy(() -> parse(REQUIRED.replace("10.1.0.0/16", network)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("network.kafka[0]: \"" + network + "\" is w");
        assertThatThrownBy(() -> parse(REQUIRED.replace("10.2.0.0/24", network)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("network.https[2]: \"" + network + "\" is w");
    }

    @Test
    void whereTheServicesAreHasToBeSaid() {
        assertThatThrownBy(() -> parse(REQUIRED.replaceFirst("  https:.*\n", "")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("network.https: is missing; list where AWS's services are reached at port 443");
    }

    /** What {@link #REQUIRED} says. */
    private static StageSettingsBuilder required() {
        return StageSettings.DEFAULTS
                .with()
                .stage("dev")
                .account("111122223333")
                .region("eu-central-1")
                .network(NETWORK);
    }

    private static StageSettings parse(String yaml) {
        return StageSettingsParser.parse("dev", yaml, "test");
    }
}
