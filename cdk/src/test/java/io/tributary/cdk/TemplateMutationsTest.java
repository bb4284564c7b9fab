package io.tributary.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.cxapi.CloudAssembly;
import software.amazon.awscdk.cxapi.CloudFormationStackArtifact;

/**
 * Every statement and every rule of a security group of every stage, widened in every way that is listed here: no such
 * template may pass.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TemplateMutationsTest {

    private static final Path STAGES = Path.of("stages");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OTHER_ACCOUNT = "999988887777";

    /** Actions that nothing of a stage is allowed. */
    private static final List<String> FORBIDDEN = List.of(
            "*",
            "s3:*",
            "s3:DeleteBucket",
            "s3:DeleteObjectVersion",
            "s3:PutBucketPolicy",
            "s3:PutLifecycleConfiguration",
            "kms:CreateGrant",
            "kms:PutKeyPolicy",
            "kms:ScheduleKeyDeletion",
            "iam:PassRole",
            "sts:AssumeRole",
            "sts:GetFederationToken",
            "glue:DeleteTable",
            "glue:UpdateJob",
            "ec2:RunInstances",
            "ec2:AuthorizeSecurityGroupEgress",
            "secretsmanager:PutSecretValue",
            "logs:DeleteLogGroup",
            "sns:Subscribe",
            "kafka-cluster:WriteData");

    /** A template with one thing changed. */
    private record Mutation(String words, String stage, String stack, JsonNode template) {}

    private final Map<String, Map<String, JsonNode>> stages = new LinkedHashMap<>();
    private final Map<String, StageFiles> files = new LinkedHashMap<>();

    @BeforeAll
    void synthesize(@TempDir Path dir) throws IOException {
        Node.require("templates that are changed for the worse");
        DeploymentArtifacts packages = new DeploymentArtifacts(
                Files.writeString(dir.resolve("ingest.jar"), "in the place of the streaming job's package"),
                Files.writeString(dir.resolve("merge.jar"), "in the place of the merge job's package"),
                Files.writeString(dir.resolve("audit.jar"), "in the place of the audit's package"),
                Path.of("main.scala"),
                Path.of("..", "docs", "queries"));
        Path trial = Files.createDirectories(dir.resolve("stages/trial"));
        for (String file : List.of("stage.yaml", "pipeline.yaml")) {
            Files.copy(STAGES.resolve("staging").resolve(file), trial.resolve(file));
        }
        Files.writeString(
                trial.resolve("stage.yaml"),
                "trial_kafka: [subnet-0a1b2c3d, subnet-1a1b2c3d]\n",
                StandardOpenOption.APPEND);
        files.put("trial", StageFiles.read(dir.resolve("stages"), "trial"));
        for (String stage : List.of("trial", "prod")) {
            CloudAssembly assembly = DeployApp.synthesize(
                    files(stage), packages, dir.resolve(stage).toString());
            Map<String, JsonNode> templates = new LinkedHashMap<>();
            for (CloudFormationStackArtifact stack : assembly.getStacks()) {
                templates.put(stack.getStackName(), TemplateChecks.read(Path.of(stack.getTemplateFullPath())));
            }
            assertThat(TemplateChecks.of(templates, files(stage))).isEmpty();
            stages.put(stage, templates);
        }
    }

    @Test
    void everyStatementAndRuleThatIsWidenedIsFound() {
        List<Mutation> all = mutations();
        Map<String, AllowedStatements> allowed = new LinkedHashMap<>();
        stages.keySet().forEach(stage -> allowed.put(stage, AllowedStatements.of(files(stage))));
        List<String> passed = all.stream()
                .filter(mutation -> {
                    Map<String, JsonNode> templates = new LinkedHashMap<>(stages.get(mutation.stage()));
                    templates.put(mutation.stack(), mutation.template());
                    return TemplateChecks.of(
                                    templates, files(mutation.stage()).settings(), allowed.get(mutation.stage()))
                            .isEmpty();
                })
                .map(Mutation::words)
                .toList();

        assertThat(passed).isEmpty();
        assertThat(all).hasSizeGreaterThan(5_000);
    }

    /** Widenings that each take a whole statement's limit away, told one by one. */
    @TestFactory
    List<DynamicTest> aStatementWithoutItsLimitIsFound() {
        return List.of(
                statement("LakeObjects", statement -> statement.put("Resource", "*")),
                statement("KafkaSecrets", statement -> statement.put("Resource", "*")),
                statement("Metrics", statement -> statement.remove("Condition")),
                statement("LookUp", statement -> statement.put("Action", "iam:PassRole")),
                statement("LookUp", statement -> statement.put("Action", "sts:AssumeRole")),
                statement(
                        "LogsOfTheJobs",
                        statement -> statement.set(
                                "Principal",
                                JSON.createObjectNode().put("AWS", "arn:aws:iam::" + OTHER_ACCOUNT + ":root"))),
                statement("AlarmsOfThisAccount", statement -> statement.remove("Condition")),
                statement("FailedRunsOfThisStage", statement -> statement.remove("Condition")),
                statement("ConditionalCommits", statement -> statement.put("Effect", "Allow")),
                statement("DataKey", statement -> statement.remove("Condition")),
                statement("LakeObjects", statement -> statement.put("Action", "s3:*")));
    }

    private DynamicTest statement(String sid, Consumer<ObjectNode> change) {
        Map<String, JsonNode> templates = new LinkedHashMap<>();
        List<ObjectNode> changed = new ArrayList<>();
        stages.get("prod").forEach((stack, template) -> {
            JsonNode copy = template.deepCopy();
            copy.findParents("Sid").stream()
                    .filter(statement -> statement.path("Sid").asText().equals(sid))
                    .map(ObjectNode.class::cast)
                    .forEach(statement -> {
                        change.accept(statement);
                        changed.add(statement);
                    });
            templates.put(stack, copy);
        });
        return DynamicTest.dynamicTest(
                sid + " as " + changed.get(0),
                () -> assertThat(TemplateChecks.of(templates, files("prod"))).isNotEmpty());
    }

    @Test
    void aResourceOfAnotherTypeIsFound() {
        for (String type :
                List.of("AWS::IAM::User", "AWS::Lambda::Function", "AWS::S3::AccessPoint", "AWS::IAM::Policy")) {
            Map<String, JsonNode> templates = new LinkedHashMap<>(stages.get("prod"));
            ObjectNode copy = templates.get("tributary-prod-jobs").deepCopy();
            ((ObjectNode) copy.path("Resources")).putObject("More").put("Type", type);
            templates.put("tributary-prod-jobs", copy);

            assertThat(TemplateChecks.of(templates, files("prod")))
                    .anySatisfy(problem -> assertThat(problem).contains("is of a type that no check knows", type));
        }
    }

    private List<Mutation> mutations() {
        List<Mutation> all = new ArrayList<>();
        stages.forEach((stage, templates) -> templates.forEach(
                (stack, template) -> template.path("Resources").properties().forEach(resource -> {
                    String at = "/Resources/" + resource.getKey() + "/Properties";
                    statements(resource.getValue(), at).forEach(path -> ofStatement(template, path)
                            .forEach((words, changed) ->
                                    all.add(new Mutation(stack + path + ": " + words, stage, stack, changed))));
                    rules(resource.getValue(), at).forEach(path -> ofRule(template, path)
                            .forEach((words, changed) ->
                                    all.add(new Mutation(stack + path + ": " + words, stage, stack, changed))));
                })));
        return all;
    }

    /** Where the statements of a resource are. */
    private static List<String> statements(JsonNode resource, String at) {
        List<String> paths = new ArrayList<>();
        for (String document :
                List.of("/PolicyDocument", "/KeyPolicy", "/AssumeRolePolicyDocument", "/Policies/0/PolicyDocument")) {
            int count = resource.at("/Properties" + document + "/Statement").size();
            for (int i = 0; i < count; i++) {
                paths.add(at + document + "/Statement/" + i);
            }
        }
        return paths;
    }

    private static List<String> rules(JsonNode resource, String at) {
        List<String> paths = new ArrayList<>();
        if (resource.path("Type").asText().matches("AWS::EC2::SecurityGroup(In|E)gress")) {
            paths.add(at);
        }
        for (int i = 0; i < resource.at("/Properties/SecurityGroupEgress").size(); i++) {
            paths.add(at + "/SecurityGroupEgress/" + i);
        }
        return paths;
    }

    private static Map<String, JsonNode> ofStatement(JsonNode template, String path) {
        Map<String, JsonNode> all = new LinkedHashMap<>();
        JsonNode statement = template.at(path);
        if (statement.path("Effect").asText().equals("Deny")) {
            // What a statement allows beside is the least that such a one would do.
            all.put("allowed instead of denied", changed(template, path, node -> node.put("Effect", "Allow")));
            all.put("denied never", changed(template, path, node -> node.putObject("Condition")
                    .putObject("StringEquals")
                    .put("aws:SourceAccount", OTHER_ACCOUNT)));
            return statement.path("Sid").asText().equals("AllowPublishThroughSSLOnly")
                    ? Map.of("allowed instead of denied", all.get("allowed instead of denied"))
                    : all;
        }
        boolean isOfKeyRoot = statement.path("Action").asText().equals("kms:*");
        for (String action : FORBIDDEN) {
            boolean isAllowed = (isOfKeyRoot && action.startsWith("kms:"))
                    || statement.path("Action").asText().equals(action);
            if (!isAllowed) {
                all.put("also " + action, changed(template, path, node -> add(node, "Action", action)));
            }
        }
        all.put("NotAction", changed(template, path, node -> node.put("NotAction", "s3:GetObject")));
        all.put("NotResource", changed(template, path, node -> node.put("NotResource", "arn:aws:s3:::a")));
        all.put("another Sid", changed(template, path, node -> node.put("Sid", "More")));
        for (String resource : widened(statement.path("Resource"))) {
            all.put("also on " + resource, changed(template, path, node -> add(node, "Resource", resource)));
        }
        statement.path("Condition").properties().forEach(operator -> {
            String name = operator.getKey();
            all.put("without " + name, changed(template, path, node -> ((ObjectNode) node.path("Condition"))
                    .remove(name)));
            all.put("with " + name + "IfExists", changed(template, path, node -> {
                ObjectNode conditions = (ObjectNode) node.path("Condition");
                conditions.set(name + "IfExists", conditions.remove(name));
            }));
            operator.getValue().fieldNames().forEachRemaining(key -> {
                all.put("any " + key, changed(template, path, node -> ((ObjectNode)
                                node.path("Condition").path(name))
                        .put(key, "*")));
                all.put(
                        "one more " + key,
                        changed(
                                template,
                                path,
                                node -> add((ObjectNode) node.path("Condition").path(name), key, OTHER_ACCOUNT)));
            });
        });
        if (statement.has("Condition")) {
            all.put("without any condition", changed(template, path, node -> node.remove("Condition")));
        }
        if (statement.has("Principal")) {
            all.put("for everybody", changed(template, path, node -> node.put("Principal", "*")));
            all.put("for every account", changed(template, path, node -> node.putObject("Principal")
                    .put("AWS", "*")));
            all.put("for another account", changed(template, path, node -> node.putObject("Principal")
                    .put("AWS", "arn:aws:iam::" + OTHER_ACCOUNT + ":root")));
            all.put("for another service", changed(template, path, node -> node.putObject("Principal")
                    .put("Service", "ec2.amazonaws.com")));
            all.put("for another account too", changed(template, path, node -> ((ObjectNode) node.path("Principal"))
                    .putArray("Federated")
                    .add("accounts.example.com")));
            all.put("NotPrincipal", changed(template, path, node -> node.putObject("NotPrincipal")
                    .set("AWS", node.remove("Principal"))));
        } else {
            all.put("a principal", changed(template, path, node -> node.put("Principal", "*")));
        }
        return all;
    }

    /** What is more than the resources of a statement, which all are texts or what a template makes of another resource. */
    private static List<String> widened(JsonNode resources) {
        List<String> texts = new ArrayList<>();
        if (resources.isTextual()) {
            texts.add(resources.asText());
        }
        resources.forEach(one -> {
            if (one.isTextual()) {
                texts.add(one.asText());
            }
        });
        List<String> all = new ArrayList<>();
        if (!texts.contains("*")) {
            all.add("*");
            all.add("arn:aws:s3:::another-bucket/*");
        }
        for (String text : texts) {
            for (int end = text.length() - 1; end > 0; end--) {
                if ("/:-".indexOf(text.charAt(end - 1)) >= 0 && !text.equals(text.substring(0, end) + "*")) {
                    all.add(text.substring(0, end) + "*");
                }
            }
            if (text.contains("111122223333")) {
                all.add(text.replace("111122223333", OTHER_ACCOUNT));
                all.add(text.replace("111122223333", "*"));
            }
        }
        return all;
    }

    private static Map<String, JsonNode> ofRule(JsonNode template, String path) {
        Map<String, JsonNode> all = new LinkedHashMap<>();
        all.put("to everywhere", changed(template, path, node -> peer(node).put("CidrIp", "0.0.0.0/0")));
        all.put("to everywhere by IPv6", changed(template, path, node -> peer(node)
                .put("CidrIpv6", "::/0")));
        all.put("to another network", changed(template, path, node -> peer(node).put("CidrIp", "10.0.0.0/8")));
        all.put("to another network too", changed(template, path, node -> node.put("CidrIpv6", "fd00::/8")));
        all.put("by every protocol", changed(template, path, node -> node.put("IpProtocol", "-1")));
        all.put("by UDP", changed(template, path, node -> node.put("IpProtocol", "udp")));
        if (template.at(path).path("FromPort").asInt() != 0) {
            all.put("at every port", changed(template, path, node -> node.put("FromPort", 0)
                    .put("ToPort", 65_535)));
            all.put(
                    "at one port more",
                    changed(
                            template,
                            path,
                            node -> node.put("ToPort", node.path("ToPort").asInt() + 1)));
        }
        all.put("another group", changed(template, path, node -> peer(node)
                .put(
                        template.at(path).has("SourceSecurityGroupId")
                                ? "SourceSecurityGroupId"
                                : "DestinationSecurityGroupId",
                        "sg-0fffffffffffffff0")));
        return all;
    }

    /** A rule without whom it names. */
    private static ObjectNode peer(ObjectNode rule) {
        return rule.remove(
                List.of("CidrIp", "DestinationPrefixListId", "DestinationSecurityGroupId", "SourceSecurityGroupId"));
    }

    private static JsonNode changed(JsonNode template, String path, Consumer<ObjectNode> change) {
        JsonNode copy = template.deepCopy();
        change.accept((ObjectNode) copy.at(path));
        return copy;
    }

    private static void add(ObjectNode node, String key, String value) {
        JsonNode before = node.path(key);
        ArrayNode after = node.putArray(key);
        if (before.isArray()) {
            after.addAll((ArrayNode) before);
        } else if (!before.isMissingNode()) {
            after.add(before);
        }
        after.add(value);
    }

    private StageFiles files(String stage) {
        return files.computeIfAbsent(stage, name -> StageFiles.read(STAGES, name));
    }
}
