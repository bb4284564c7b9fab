package io.tributary.cdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.audit.AuditArguments;
import io.tributary.audit.AuditLevel;
import io.tributary.compaction.MergeArguments;
import io.tributary.config.KafkaTls;
import io.tributary.config.SecretGrants;
import io.tributary.error.InvalidInputException;
import io.tributary.ingest.IngestArguments;
import io.tributary.metrics.Metric;
import io.tributary.runtime.MetricsDestination;
import io.tributary.runtime.RuntimeKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.cxapi.CloudAssembly;
import software.amazon.awscdk.cxapi.CloudFormationStackArtifact;
import software.amazon.awscdk.services.ec2.CfnSubnet;
import software.amazon.awscdk.services.s3.Bucket;

/** The templates of every stage: what they must not do, and that the jobs understand what they are told. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SynthesisTest {

    private static final Path STAGES = Path.of("stages");
    private static final Path QUERIES = Path.of("..", "docs", "queries");

    private final Map<String, Map<String, JsonNode>> templates = new LinkedHashMap<>();

    private final Map<String, List<String>> problems = new LinkedHashMap<>();
    private DeploymentArtifacts packages;

    @BeforeAll
    void synthesizeEveryStage(@TempDir Path dir) throws IOException {
        Node.require("the templates of all stages");
        packages = new DeploymentArtifacts(
                Files.writeString(dir.resolve("ingest.jar"), "in the place of the streaming job's package"),
                Files.writeString(dir.resolve("merge.jar"), "in the place of the merge job's package"),
                Files.writeString(dir.resolve("audit.jar"), "in the place of the audit's package"),
                Path.of("main.scala"),
                QUERIES);
        for (String stage : stages()) {
            StageFiles files = StageFiles.read(STAGES, stage);
            files.requireDeployable(Optional.empty());
            CloudAssembly assembly =
                    DeployApp.synthesize(files, packages, dir.resolve(stage).toString());
            problems.put(stage, TemplateChecks.of(assembly, files));
            templates.put(stage, templates(assembly));
        }
    }

    @Test
    void noTemplateOfAnyStageDoesWhatNoneMay() {
        assertThat(templates).containsKeys("dev", "staging", "prod");
        assertThat(problems).allSatisfy((stage, found) -> assertThat(found).isEmpty());
    }

    @Test
    void theJobsRunOnTheVersionOfGlueThatTheirStageNames(@TempDir Path dir) throws IOException {
        assertThat(glueVersions(template("dev", "jobs"))).containsOnly("5.1");

        Map<String, JsonNode> six =
                synthesize(dir, text -> text.replace("glue_version: \"5.1\"", "glue_version: \"6.0\""));

        assertThat(glueVersions(six.get("tributary-mine-jobs"))).containsOnly("6.0");
    }

    @Test
    void takingOneReaderOutTouchesNoGrantOfAnother(@TempDir Path dir) throws IOException {
        String readers = "readers: ['arn:aws:iam::111122223333:role/a', 'arn:aws:iam::111122223333:role/b']\n";
        Map<String, JsonNode> both = synthesize(dir.resolve("both"), text -> text.replace("secrets: {}\n", readers));
        Map<String, JsonNode> one = synthesize(
                dir.resolve("one"),
                text -> text.replace("secrets: {}\n", readers.replace("'arn:aws:iam::111122223333:role/a', ", "")));

        assertThat(grants(both)).hasSize(4);
        assertThat(grants(one)).hasSize(2).isSubsetOf(grants(both));
    }

    /** Each grant's id with all that it says. */
    private static Set<Map.Entry<String, JsonNode>> grants(Map<String, JsonNode> templates) {
        return templates.get("tributary-mine-catalog").path("Resources").properties().stream()
                .filter(resource ->
                        resource.getValue().path("Type").asText().equals("AWS::LakeFormation::PrincipalPermissions"))
                .collect(Collectors.toSet());
    }

    @Test
    void aRoleThatMayDoMoreThanIamTakesIsRefused(@TempDir Path dir) throws IOException {
        String secrets = IntStream.range(0, 90)
                .mapToObj(
                        "arn:aws:secretsmanager:eu-central-1:111122223333:secret:tributary/mine/dc%d-AbCdEf"::formatted)
                .collect(Collectors.joining(", "));

        CloudAssembly assembly =
                assembly(dir, text -> text.replace("secrets: {}", "secrets: {fra: [" + secrets + "]}"));

        assertThat(TemplateChecks.of(assembly, mine(dir)))
                .singleElement()
                .asString()
                .contains("IngestRole", "may do more than IAM takes in words", "name a path of secrets");
    }

    @Test
    void theJobsReachAwsServicesAtTheStagesEndpointsAndNothingElseByHttps() {
        for (String stage : templates.keySet()) {
            List<JsonNode> https = Stream.concat(
                            resources(template(stage, "network"), "AWS::EC2::SecurityGroup")
                                    .flatMap(group -> StreamSupport.stream(
                                            group.at("/Properties/SecurityGroupEgress")
                                                    .spliterator(),
                                            false)),
                            resources(template(stage, "network"), "AWS::EC2::SecurityGroupEgress")
                                    .map(rule -> rule.path("Properties")))
                    .filter(rule -> rule.path("FromPort").asInt() == 443)
                    .toList();

            assertThat(https).as(stage).hasSize(4).allSatisfy(rule -> assertThat(
                            rule.has("DestinationPrefixListId") || rule.has("DestinationSecurityGroupId"))
                    .as(rule.toString())
                    .isTrue());
        }
    }

    @Test
    void whatAnAccountAsksOfItsRolesAndItsBootstrapIsTaken(@TempDir Path dir) throws IOException {
        String boundary = "arn:aws:iam::111122223333:policy/boundary";
        String key = "arn:aws:kms:eu-central-1:111122223333:key/2";
        Map<String, JsonNode> templates = synthesize(
                dir,
                text -> text.replace(
                        "secrets: {}",
                        "permissions_boundary: " + boundary + "\nbootstrap: {qualifier: team1, key: '" + key + "'}"));

        JsonNode jobs = templates.get("tributary-mine-jobs");
        assertThat(resources(jobs, "AWS::IAM::Role")).hasSize(4).allSatisfy(role -> assertThat(
                        role.at("/Properties/PermissionsBoundary").asText())
                .isEqualTo(boundary));
        assertThat(resources(jobs, "AWS::Glue::Job")).allSatisfy(job -> assertThat(
                        job.at("/Properties/DefaultArguments/--extra-jars").asText())
                .startsWith("s3://cdk-team1-assets-111122223333-eu-central-1/tributary-mine/"));
        assertThat(jobs.findValuesAsText("Sid"))
                .filteredOn("PackagesKey"::equals)
                .hasSize(3);
        assertThat(templates.get("tributary-mine-storage").path("Parameters").toString())
                .contains("/cdk-bootstrap/team1/version");
    }

    @Test
    void aClusterThatHasAPortForEachBrokerIsReachedAtAllOfThem(@TempDir Path dir) throws IOException {
        JsonNode network =
                synthesize(dir, text -> text.replace(":9096", ":14001-14100")).get("tributary-mine-network");

        assertThat(network.findParents("CidrIp")).singleElement().satisfies(rule -> {
            assertThat(rule.path("FromPort").asInt()).isEqualTo(14_001);
            assertThat(rule.path("ToPort").asInt()).isEqualTo(14_100);
        });
    }

    @Test
    void theFolderHoldsAllThatADeploymentUploadsUnderTheNamesThatThePageSays(@TempDir Path dir) throws IOException {
        CloudAssembly assembly = assembly(dir, text -> text);
        List<String> deployed = assembly.getStacks().stream()
                .map(CloudFormationStackArtifact::getStackName)
                .toList();
        int uploaded = 0;
        for (String stack : deployed) {
            JsonNode files = TemplateChecks.read(Path.of(assembly.getDirectory(), stack + ".assets.json"))
                    .path("files");
            for (JsonNode file : files) {
                String source = file.at("/source/path").asText();
                assertThat(Path.of(assembly.getDirectory(), source)).isRegularFile();
                if (source.startsWith("asset.")) {
                    uploaded++;
                    JsonNode destination = file.path("destinations").elements().next();
                    assertThat(destination.path("bucketName").asText())
                            .isEqualTo("cdk-hnb659fds-assets-111122223333-eu-central-1");
                    assertThat(destination.path("objectKey").asText())
                            .isEqualTo("tributary-mine/" + source.substring("asset.".length()));
                }
            }
        }

        assertThat(uploaded).isEqualTo(5);
        String page = StageFiles.text(Path.of("..", "docs", "deploying.md"));
        Matcher order = Pattern.compile("(?s)\n    stack ([a-z]+)\n.*?for each in ([a-z ]+); do")
                .matcher(page);
        assertThat(order.find()).isTrue();
        List<String> documented = Stream.concat(
                        Stream.of(order.group(1)), Stream.of(order.group(2).split(" ")))
                .map("tributary-mine-"::concat)
                .toList();
        assertThat(documented).containsExactlyInAnyOrderElementsOf(deployed);
        // A stack follows those whose exports it imports.
        templates(assembly).forEach((stack, template) -> template.findValuesAsText("Fn::ImportValue")
                .forEach(imported -> assertThat(documented.indexOf(imported.replaceFirst(":.*", "")))
                        .as(stack + " imports " + imported)
                        .isBetween(0, documented.indexOf(stack) - 1)));
    }

    @Test
    void aStreamMayScaleAndAnAuditMayWaitForSpareCapacity(@TempDir Path dir) throws IOException {
        JsonNode jobs = synthesize(
                        dir, text -> text.replace("worker_type: G.025X}", "worker_type: G.1X, auto_scaling: true}")
                                .replace("secrets: {}", "audit: {flex: true}"))
                .get("tributary-mine-jobs");

        assertThat(resources(jobs, "AWS::Glue::Job")).allSatisfy(job -> {
            String name = job.at("/Properties/Name").asText();
            assertThat(job.at("/Properties/ExecutionClass").asText("STANDARD"))
                    .isEqualTo(name.equals("tributary-mine-audit") ? "FLEX" : "STANDARD");
            assertThat(job.at("/Properties/DefaultArguments/--enable-auto-scaling")
                            .asText("false"))
                    .isEqualTo(name.equals("tributary-mine-ingest") ? "true" : "false");
        });
    }

    @Test
    void aStreamThatEndedIsStartedAgainWithinAMinuteOrWhenItsStageSays(@TempDir Path dir) throws IOException {
        assertThat(resources(template("prod", "jobs"), "AWS::Scheduler::Schedule"))
                .singleElement()
                .satisfies(schedule -> {
                    assertThat(schedule.at("/Properties/ScheduleExpression").asText())
                            .isEqualTo("rate(1 minute)");
                    assertThat(schedule.at("/Properties/Target/Arn").asText())
                            .isEqualTo("arn:aws:scheduler:::aws-sdk:glue:startJobRun");
                    assertThat(schedule.at("/Properties/Target/Input").asText())
                            .isEqualTo("{\"JobName\":\"tributary-prod-ingest\"}");
                });
        Map<String, JsonNode> slower = synthesize(
                dir, text -> text.replace("worker_type: G.025X}", "worker_type: G.025X, restart_every: 7m}"));

        assertThat(resources(slower.get("tributary-mine-jobs"), "AWS::Scheduler::Schedule"))
                .singleElement()
                .satisfies(schedule -> assertThat(
                                schedule.at("/Properties/ScheduleExpression").asText())
                        .isEqualTo("rate(7 minutes)"));
    }

    @Test
    void theTrialClusterIsMadeOnceWhateverTheTags(@TempDir Path dir) throws IOException {
        CloudAssembly assembly =
                assembly(dir, text -> text.replace("secrets: {}", "trial_kafka: [subnet-0a1b2c3d, subnet-1a1b2c3d]"));

        assertThat(TemplateChecks.of(assembly, mine(dir))).isEmpty();
        assertThat(templates(assembly).get("tributary-mine-trial-kafka").findValues("Tags"))
                .isEmpty();
        for (CloudFormationStackArtifact stack : assembly.getStacks()) {
            if (stack.getStackName().equals("tributary-mine-trial-kafka")) {
                assertThat(stack.getTags()).isEmpty();
            } else {
                assertThat(stack.getTags()).containsOnly(entry("application", "tributary"), entry("stage", "dev"));
            }
        }
    }

    @Test
    void aRunMayReadItsPackagesAlsoAfterThoseOfALaterDeployment() {
        JsonNode jobs = template("dev", "jobs").path("Resources");
        List<String> packages = new ArrayList<>();
        for (JsonNode resource : jobs) {
            if (resource.path("Type").asText().equals("AWS::Glue::Job")) {
                JsonNode properties = resource.path("Properties");
                packages.add(properties.at("/DefaultArguments/--extra-jars").asText());
                packages.add(properties.at("/DefaultArguments/--config").asText());
                packages.add(properties.at("/Command/ScriptLocation").asText());
            }
        }
        String folder = "cdk-hnb659fds-assets-111122223333-eu-central-1/tributary-dev/";

        assertThat(packages).hasSize(9).allMatch(uri -> uri.startsWith("s3://" + folder));
        for (JsonNode resource : jobs) {
            if (resource.path("Type").asText().equals("AWS::IAM::Role")
                    && !resource.at("/Properties/RoleName").asText().endsWith("-restart")) {
                assertThat(resource.at("/Properties/Policies/0/PolicyDocument/Statement/0/Resource")
                                .asText())
                        .isEqualTo("arn:aws:s3:::" + folder + "*");
            }
        }
    }

    /** The templates of a stage like dev, with its files changed. */
    private Map<String, JsonNode> synthesize(Path dir, UnaryOperator<String> change) throws IOException {
        CloudAssembly assembly = assembly(dir, change);
        assertThat(TemplateChecks.of(assembly, mine(dir))).isEmpty();
        return templates(assembly);
    }

    private CloudAssembly assembly(Path dir, UnaryOperator<String> change) throws IOException {
        Path stage = Files.createDirectories(dir.resolve("stages").resolve("mine"));
        for (String file : List.of("stage.yaml", "pipeline.yaml", "data-centers.yaml")) {
            Files.writeString(
                    stage.resolve(file),
                    change.apply(Files.readString(STAGES.resolve("dev").resolve(file))));
        }
        return DeployApp.synthesize(mine(dir), packages, dir.resolve("out").toString());
    }

    private static StageFiles mine(Path dir) {
        return StageFiles.read(dir.resolve("stages"), "mine");
    }

    private static Map<String, JsonNode> templates(CloudAssembly assembly) {
        Map<String, JsonNode> templates = new LinkedHashMap<>();
        for (CloudFormationStackArtifact stack : assembly.getStacks()) {
            templates.put(stack.getStackName(), TemplateChecks.read(Path.of(stack.getTemplateFullPath())));
        }
        return templates;
    }

    private static Stream<String> glueVersions(JsonNode jobs) {
        return resources(jobs, "AWS::Glue::Job")
                .map(job -> job.at("/Properties/GlueVersion").asText());
    }

    @Test
    void theJobsUnderstandWhatEveryStageTellsThem() {
        templates.keySet().forEach(stage -> {
            ResourceNames names =
                    ResourceNames.of(StageFiles.read(STAGES, stage).settings());
            MetricsDestination metrics = new MetricsDestination.CloudWatch(names.region(), names.metrics());

            IngestArguments ingest = IngestArguments.parse(arguments(stage, "ingest"));
            assertThat(ingest.job().runtime().kind()).isEqualTo(RuntimeKind.GLUE);
            assertThat(ingest.job().runtime().region()).contains(names.region());
            assertThat(ingest.job().lake()).contains(names.lake());
            assertThat(ingest.checkpoint()).contains(names.checkpoints());
            assertThat(ingest.kafkaTls()).isEqualTo(KafkaTls.REQUIRED);
            assertThat(ingest.dataCenters()).isEqualTo(names.dataCenters());
            assertThat(ingest.job().config()).matches("s3://[a-z0-9-]+/tributary-" + stage + "/[0-9a-f]{64}\\.yaml");
            assertThat(ingest.job().metrics()).isEqualTo(metrics);
            SecretGrants granted = StageFiles.read(STAGES, stage).settings().secrets();
            assertThat(ingest.secrets().orElse(SecretGrants.NONE)).isEqualTo(granted);

            MergeArguments merge = MergeArguments.parse(arguments(stage, "merge"));
            assertThat(merge.job().runtime().kind()).isEqualTo(RuntimeKind.GLUE);
            assertThat(merge.job().runtime().region()).contains(names.region());
            assertThat(merge.job().lake()).isEqualTo(ingest.job().lake());
            assertThat(merge.job().config()).isEqualTo(ingest.job().config());
            assertThat(merge.repeat()).isEmpty();
            assertThat(merge.job().metrics()).isEqualTo(metrics);

            AuditArguments audit = AuditArguments.parse(arguments(stage, "audit"));
            assertThat(audit.lake()).isEqualTo(ingest.job().lake());
            assertThat(audit.config()).contains(ingest.job().config());
            assertThat(audit.depth()).isEqualTo(AuditLevel.LOGS);
            assertThat(audit.json()).isEqualTo(Optional.empty());
            assertThat(audit.metrics()).isEqualTo(metrics);
        });
    }

    @Test
    void eachJobRunsTheMainClassAndTheJarThatTheBuildNamesForIt() {
        Set<String> jars = new TreeSet<>();
        for (String job : List.of(GlueJob.INGEST, GlueJob.MERGE, GlueJob.AUDIT)) {
            List<String> words = List.of(arguments("prod", job));
            assertThat(words.get(words.indexOf("--class") + 1))
                    .isEqualTo(JobArtifact.of(job).mainClass());
            jars.add(words.get(words.indexOf("--extra-jars") + 1));
        }
        assertThat(jars).hasSize(3);
    }

    @Test
    void dashboardAndAlarmsKnowEveryMetricAndNoOther() {
        Pattern name = Pattern.compile("(?:Tributary/prod\\\\?\",\\\\?\"|MetricName=\\\\*\")([A-Za-z]+)\\\\*\"");
        String monitoring = template("prod", "monitoring").toString();
        Set<String> shown = new TreeSet<>();
        name.matcher(monitoring).results().forEach(found -> shown.add(found.group(1)));

        assertThat(shown)
                .isEqualTo(Arrays.stream(Metric.values())
                        .map(Metric::title)
                        .collect(Collectors.toCollection(TreeSet::new)));
        assertThat(resources(template("prod", "monitoring"), "AWS::CloudWatch::Alarm")
                        .flatMap(alarm -> alarm.findValuesAsText("MetricName").stream()))
                .isSubsetOf(shown)
                .isNotEmpty();
    }

    @Test
    void everyAlarmOfTheOperationsPageIsThereAndGoesToTheTopic() {
        List<JsonNode> alarms = resources(template("prod", "monitoring"), "AWS::CloudWatch::Alarm")
                .toList();

        assertThat(alarms)
                .extracting(alarm -> alarm.at("/Properties/AlarmName").asText())
                .containsExactlyInAnyOrder(
                        "tributary-prod-freshness",
                        "tributary-prod-unreachable",
                        "tributary-prod-no-metrics",
                        "tributary-prod-cast-failures",
                        "tributary-prod-late-rows-waiting",
                        "tributary-prod-halted",
                        "tributary-prod-offsets-lost",
                        "tributary-prod-data-centers-file",
                        "tributary-prod-retention",
                        "tributary-prod-retention-left",
                        "tributary-prod-valid-through",
                        "tributary-prod-quarantine",
                        "tributary-prod-merge-overdue",
                        "tributary-prod-merge-steps-failed",
                        "tributary-prod-audit");
        assertThat(alarms).allSatisfy(alarm -> assertThat(alarm.at("/Properties/AlarmActions"))
                .hasSize(1));
        assertThat(template("prod", "monitoring").toString()).contains("Glue Job State Change", "on-call@example.com");
    }

    @Test
    void theAlarmOfTheTimeThatIsLeftSoundsBelowItsLimitAndTheOthersAboveTheirs() {
        assertThat(resources(template("prod", "monitoring"), "AWS::CloudWatch::Alarm"))
                .allSatisfy(alarm -> assertThat(
                                alarm.at("/Properties/ComparisonOperator").asText())
                        .isEqualTo(
                                alarm.at("/Properties/AlarmName").asText().equals("tributary-prod-retention-left")
                                        ? "LessThanThreshold"
                                        : "GreaterThanThreshold"))
                .anySatisfy(alarm -> {
                    assertThat(alarm.at("/Properties/AlarmName").asText()).isEqualTo("tributary-prod-retention-left");
                    assertThat(alarm.at("/Properties/Threshold").asLong()).isEqualTo(21_600);
                });
    }

    /** Of each alarm: what it reads of which metric. For each data center in a query, for the lake without a dimension. */
    private Map<String, List<Metric>> metricsOfAlarms(boolean isOfEachDataCenter) {
        Pattern query = Pattern.compile("SELECT (?:AVG|MIN|MAX|SUM)\\(([A-Za-z]+)\\) FROM SCHEMA\\(\"Tributary/prod\", "
                + Metric.DATA_CENTER + "\\) GROUP BY " + Metric.DATA_CENTER);
        Map<String, Metric> titles =
                Arrays.stream(Metric.values()).collect(Collectors.toMap(Metric::title, metric -> metric));
        Map<String, List<Metric>> all = new LinkedHashMap<>();
        resources(template("prod", "monitoring"), "AWS::CloudWatch::Alarm").forEach(alarm -> {
            Stream<String> names = isOfEachDataCenter
                    ? alarm.findValuesAsText("Expression").stream()
                            .map(query::matcher)
                            .filter(Matcher::matches)
                            .map(found -> found.group(1))
                    : alarm.findValuesAsText("MetricName").stream();
            List<Metric> metrics = names.map(titles::get).toList();
            if (!metrics.isEmpty()) {
                all.put(alarm.at("/Properties/AlarmName").asText().replace("tributary-prod-", ""), metrics);
            }
        });
        return all;
    }

    @Test
    void everyAlarmReadsWhatTheJobsPublishUnderItsDimensionsAndInItsUnit() {
        Map<String, List<Metric>> ofEach = metricsOfAlarms(true);
        Map<String, List<Metric>> ofLake = metricsOfAlarms(false);

        assertThat(ofEach.keySet())
                .containsExactlyInAnyOrder(
                        "freshness",
                        "unreachable",
                        "halted",
                        "offsets-lost",
                        "retention",
                        "retention-left",
                        "valid-through",
                        "quarantine",
                        "cast-failures");
        assertThat(ofEach.values())
                .allSatisfy(metrics ->
                        assertThat(metrics).extracting(Metric::scope).containsOnly(Metric.Scope.DATA_CENTER));
        assertThat(ofLake.keySet()).doesNotContainAnyElementsOf(ofEach.keySet());
        List<JsonNode> alarms = resources(template("prod", "monitoring"), "AWS::CloudWatch::Alarm")
                .toList();
        assertThat(alarms).hasSize(ofEach.size() + ofLake.size());
        for (JsonNode alarm : alarms) {
            String words = alarm.at("/Properties/AlarmDescription").asText();
            assertThat(alarm.findValuesAsText("Namespace")).as(words).allMatch("Tributary/prod"::equals);
            assertThat(alarm.findValue("Dimensions")).as(words).isNull();
            assertThat(alarm.findValue("Unit")).as(words).isNull();
        }
        ofLake.putAll(ofEach);
        assertThat(ofLake).allSatisfy((alarm, metrics) -> {
            Metric.Unit unit = metrics.get(0).unit();
            double limit = alarms.stream()
                    .map(one -> one.path("Properties"))
                    .filter(one -> one.path("AlarmName").asText().equals("tributary-prod-" + alarm))
                    .findFirst()
                    .orElseThrow()
                    .path("Threshold")
                    .asDouble();
            switch (unit) {
                case PERCENT -> assertThat(limit).as(alarm).isBetween(1.0, 99.0);
                case SECONDS ->
                    assertThat(limit)
                            .as(alarm)
                            .satisfiesAnyOf(none -> assertThat(none).isZero(), some -> assertThat(some)
                                    .isBetween(30.0, 86_400.0));
                case COUNT -> assertThat(limit).as(alarm).isIn(0.0, 1_000.0);
            }
        });
    }

    @Test
    void everyAlarmNamesItsSectionOfTheRunbookWhichKnowsNoOther() {
        Set<String> named = new TreeSet<>();
        Pattern section = Pattern.compile("What to do: docs/operating\\.md#alarm-([a-z-]+)");
        Stream.of("AWS::CloudWatch::Alarm", "AWS::Events::Rule")
                .flatMap(type -> resources(template("prod", "monitoring"), type))
                .forEach(alarm -> {
                    String words = alarm.at("/Properties/AlarmDescription")
                            .asText(alarm.at("/Properties/Description").asText());
                    Matcher found = section.matcher(words);
                    assertThat(found.find()).as(words).isTrue();
                    assertThat(alarm.at("/Properties/AlarmName")
                                    .asText(alarm.at("/Properties/Name").asText()))
                            .isEqualTo("tributary-prod-" + found.group(1));
                    named.add(found.group(1));
                });

        String runbook = StageFiles.text(Path.of("..", "docs", "operating.md"));
        assertThat(Pattern.compile("(?m)^### Alarm: ([a-z-]+)$")
                        .matcher(runbook)
                        .results()
                        .map(heading -> heading.group(1)))
                .containsExactlyInAnyOrderElementsOf(named);
    }

    @Test
    void theRolesMayDoWithTheLakeWhatThePageOnS3Asks() throws IOException {
        Set<String> asked = new TreeSet<>();
        Pattern.compile("(?m)^\\| (`(?:s3|kms):.*?`) \\|")
                .matcher(Files.readString(Path.of("..", "docs", "s3.md")))
                .results()
                .flatMap(row -> Stream.of(row.group(1).replace("`", "").split(", ")))
                .forEach(asked::add);
        assertThat(asked).contains("s3:PutObject", "kms:GenerateDataKey");

        for (String job : List.of("ingest", "merge")) {
            assertThat(actions("prod", job)).as(job).containsAll(asked);
        }
        assertThat(actions("prod", "audit")).contains("s3:GetObject").doesNotContain("glue:UpdateTable");
    }

    @Test
    void everyDocumentedQueryAndEveryRollupIsANamedQueryOfTheStagesTables() {
        List<NamedQuery> queries =
                NamedQuery.of(QUERIES, StageFiles.read(STAGES, "dev").pipeline());

        assertThat(queries).extracting(NamedQuery::name).contains("Quarantine by reason", "Rollup events_per_minute");
        assertThat(resources(template("dev", "athena"), "AWS::Athena::NamedQuery"))
                .hasSameSizeAs(queries)
                .allSatisfy(query ->
                        assertThat(query.at("/Properties/Database").asText()).isEqualTo("tributary_dev"));
    }

    @Test
    void thePageOnDeployingExplainsEveryArgumentAlarmAndSetting() {
        String page = StageFiles.text(Path.of("..", "docs", "deploying.md"));

        for (String job : List.of("ingest", "merge", "audit")) {
            assertThat(Stream.of(arguments("prod", job)).filter(word -> word.startsWith("--")))
                    .allSatisfy(name -> assertThat(page).containsAnyOf(name + "`", name + "*"))
                    .isNotEmpty();
        }
        resources(template("prod", "monitoring"), "AWS::CloudWatch::Alarm")
                .map(alarm -> alarm.at("/Properties/AlarmName").asText().replace("tributary-prod-", ""))
                .forEach(alarm -> assertThat(page).contains("| [`" + alarm + "`](operating.md#alarm-" + alarm + ") |"));
        Pattern key = Pattern.compile("(?m)^ *([a-z_]+):");
        for (String stage : templates.keySet()) {
            key.matcher(StageFiles.text(STAGES.resolve(stage).resolve("stage.yaml")))
                    .results()
                    .map(found -> found.group(1))
                    .filter(name -> !name.equals("network"))
                    .forEach(name -> assertThat(page).containsPattern("[`.]" + name + "[`.]"));
        }
    }

    @Test
    void whatCdkNagAndCloudFormationFindIsFound(@TempDir Path dir) {
        App app = DeployApp.checkedApp(dir.toString());
        Stack stack = new Stack(app, "careless");
        Bucket.Builder.create(stack, "Bucket").build();
        CfnSubnet.Builder.create(stack, "Subnet")
                .vpcId("vpc-0123456789abcdef0")
                .cidrBlock("10.0.0.0/24")
                .availabilityZone("eu-central-1a")
                .build();

        assertThat(TemplateChecks.of(app.synth(), StageFiles.read(STAGES, "dev")))
                .anySatisfy(problem -> assertThat(problem).contains("AwsSolutions-S10"))
                .anySatisfy(problem -> assertThat(problem).contains("W3010", "careless/Subnet"));
    }

    @Test
    void whatBreaksCloudFormationsRulesIsSaidWithoutAStackTrace(@TempDir Path dir) {
        App app = DeployApp.checkedApp(dir.toString());
        CfnSubnet.Builder.create(new Stack(app, "wrong"), "Subnet")
                .vpcId("vpc-1")
                .cidrBlock("10.0.0.0/24")
                .build();

        assertThatThrownBy(() -> DeployApp.synthesize(app, "mine"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll("The templates of stage mine do what no template may:", "wrong/Subnet");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "can be made public|Lake|/PublicAccessBlockConfiguration|remove BlockPublicPolicy",
                "is not encrypted with the stage's key|Lake|/|remove BucketEncryption",
                "does not log who accesses it|Lake|/|remove LoggingConfiguration",
                "keeps no earlier versions|Artifacts|/|remove VersioningConfiguration",
                "keeps uploads that were given up|Lake|/|remove LifecycleConfiguration",
                "can be reached without TLS|LakePolicy|/|remove PolicyDocument",
                "is never rotated|Key|/|set EnableKeyRotation false",
                "may run twice at once|Merge|/ExecutionProperty|set MaxConcurrentRuns 2",
                "queues its runs|Merge|/|set JobRunQueuingEnabled true",
                "has no connection|Ingest|/|remove Connections",
                "writes logs that are not encrypted|Ingest|/|remove SecurityConfiguration",
                "is a stream and would be ended by a timeout|Ingest|/|set Timeout 60",
                "is a stream without a maintenance window|Ingest|/|remove MaintenanceWindow",
                "may hang for ever|Merge|/|remove Timeout",
                "is started by 2 triggers|AuditSchedule|/Actions/0|set JobName tributary-dev-merge",
                "is started by 0 schedules|Restart|/Target|set Input {}",
                "is never switched on|Restart|/|set State DISABLED",
                "repeats a start that Glue refused|Restart|/Target/RetryPolicy|set MaximumRetryAttempts 3",
                "is no schedule of one job|MergeSchedule|/|set Type ON_DEMAND",
                "is never switched on|MergeSchedule|/|remove StartOnCreation",
                "allows actions by a pattern in DataKey|IngestRole|/Policies/0/PolicyDocument/Statement/1|set Action kms:*",
                "names resources by a pattern in DataKey|IngestRole|/Policies/0/PolicyDocument/Statement/1|set Resource *",
                "names every resource that there is in SparkFiles|IngestRole|/Policies/0/PolicyDocument/Statement/3|set Resource *",
                "gives rights away in DataKey|IngestRole|/Policies/0/PolicyDocument/Statement/1|set Action iam:PassRole",
                "gives rights away in LookUp|IngestRole|/Policies/0/PolicyDocument/Statement/7|set Action sts:AssumeRole",
                "takes policies that others wrote|IngestRole|/|set ManagedPolicyArns a",
                "can be taken on by others|IngestRole|/AssumeRolePolicyDocument/Statement/0/Principal|set Service ec2.amazonaws.com",
                "can be taken on for another account|IngestRole|/AssumeRolePolicyDocument/Statement/0|remove Condition",
                "is not encrypted with the stage's key|Alarms|/|remove KmsMasterKeyId",
                "reaches nobody|AlarmsPolicy|/|set PolicyDocument none",
                "reaches nobody|Alarmfreshness|/|remove AlarmActions",
                "does not limit what a query may scan|Analysts|/WorkGroupConfiguration|remove BytesScannedCutoffPerQuery",
                "lets its users override|Analysts|/WorkGroupConfiguration|set EnforceWorkGroupConfiguration false",
                "lets out to 0.0.0.0/0|Jobs|/SecurityGroupEgress/0|set CidrIp 0.0.0.0/0",
                "writes results that are not encrypted|Analysts|/WorkGroupConfiguration|remove ResultConfiguration"
            })
    void aTemplateThatDoesWhatNoneMayIsRefused(String words, String id, String at, String change) {
        Map<String, JsonNode> broken = new LinkedHashMap<>();
        List<String> touched = new ArrayList<>();
        templates.get("dev").forEach((stack, template) -> {
            JsonNode copy = template.deepCopy();
            copy.path("Resources").properties().forEach(resource -> {
                if (resource.getKey().matches(id + "[0-9A-F]{8}|" + id)) {
                    touched.add(resource.getKey());
                    JsonNode node = resource.getValue().at("/Properties" + (at.equals("/") ? "" : at));
                    change(change).accept((ObjectNode) node);
                }
            });
            broken.put(stack, copy);
        });

        assertThat(touched).as("the resource of the case").isNotEmpty();
        assertThat(TemplateChecks.of(broken, StageFiles.read(STAGES, "dev")))
                .anySatisfy(problem -> assertThat(problem).contains(words));
    }

    private static Consumer<ObjectNode> change(String words) {
        List<String> word = List.of(words.split(" ", -1));
        return node -> {
            if (word.get(0).equals("remove")) {
                node.remove(word.get(1));
            } else if (word.get(2).matches("true|false")) {
                node.put(word.get(1), Boolean.parseBoolean(word.get(2)));
            } else if (word.get(2).matches("\\d+")) {
                node.put(word.get(1), Integer.parseInt(word.get(2)));
            } else {
                node.put(word.get(1), word.get(2));
            }
        };
    }

    private static List<String> stages() throws IOException {
        try (Stream<Path> folders = Files.list(STAGES)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private JsonNode template(String stage, String purpose) {
        return templates.get(stage).get("tributary-" + stage + "-" + purpose);
    }

    private static Stream<JsonNode> resources(JsonNode template, String type) {
        List<JsonNode> found = new ArrayList<>();
        template.path("Resources").forEach(resource -> {
            if (resource.path("Type").asText().equals(type)) {
                found.add(resource);
            }
        });
        return found.stream();
    }

    private String[] arguments(String stage, String job) {
        JsonNode defaults = resources(template(stage, "jobs"), "AWS::Glue::Job")
                .filter(resource -> resource.at("/Properties/Name").asText().equals("tributary-" + stage + "-" + job))
                .findFirst()
                .orElseThrow()
                .at("/Properties/DefaultArguments");
        List<String> words = new ArrayList<>();
        defaults.properties().forEach(entry -> {
            assertThat(entry.getValue().isTextual())
                    .as(entry.getKey() + " is plain text")
                    .isTrue();
            words.add(entry.getKey());
            words.add(entry.getValue().asText());
        });
        return words.toArray(String[]::new);
    }

    private Set<String> actions(String stage, String job) {
        Set<String> actions = new TreeSet<>();
        resources(template(stage, "jobs"), "AWS::IAM::Role")
                .filter(role -> role.at("/Properties/RoleName").asText().equals("tributary-" + stage + "-" + job))
                .flatMap(role -> role.findValues("Action").stream())
                .forEach(action -> {
                    if (action.isTextual()) {
                        actions.add(action.asText());
                    }
                    action.forEach(one -> actions.add(one.asText()));
                });
        return actions;
    }
}
