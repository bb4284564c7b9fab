package io.tributary.cdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.awscdk.cxapi.CloudAssembly;
import software.amazon.awscdk.cxapi.CloudFormationStackArtifact;

/**
 * Rules for all templates, whatever the settings are, and the findings of cdk-nag and of CloudFormation's own rules that
 * nobody has accepted.
 */
final class TemplateChecks {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** CDK's report on CloudFormation's rules, beside the templates. */
    private static final String VALIDATION = "validation-report.json";

    /** The types of resources that the checks know, or in which there is nothing to check. */
    private static final Set<String> KNOWN = Set.of(
            "AWS::Athena::NamedQuery",
            "AWS::Athena::WorkGroup",
            "AWS::CloudWatch::Alarm",
            "AWS::CloudWatch::Dashboard",
            "AWS::EC2::SecurityGroup",
            "AWS::EC2::SecurityGroupEgress",
            "AWS::EC2::SecurityGroupIngress",
            "AWS::Events::Rule",
            "AWS::Glue::Connection",
            "AWS::Glue::Database",
            "AWS::Glue::Job",
            "AWS::Glue::SecurityConfiguration",
            "AWS::Glue::Trigger",
            "AWS::IAM::ManagedPolicy",
            "AWS::IAM::Role",
            "AWS::KMS::Alias",
            "AWS::KMS::Key",
            "AWS::LakeFormation::PrincipalPermissions",
            "AWS::Logs::LogGroup",
            "AWS::MSK::ServerlessCluster",
            "AWS::S3::Bucket",
            "AWS::S3::BucketPolicy",
            "AWS::Scheduler::Schedule",
            "AWS::SNS::Subscription",
            "AWS::SNS::Topic",
            "AWS::SNS::TopicPolicy");

    private TemplateChecks() {}

    /** Everything that is wrong with the templates of a stage, each with its stack. */
    static List<String> of(CloudAssembly assembly, StageFiles files) {
        List<String> problems = new ArrayList<>();
        Map<String, JsonNode> templates = new LinkedHashMap<>();
        for (CloudFormationStackArtifact stack : assembly.getStacks()) {
            templates.put(stack.getStackName(), read(Path.of(stack.getTemplateFullPath())));
            problems.addAll(errors(stack));
        }
        problems.addAll(violations(Path.of(assembly.getDirectory())));
        problems.addAll(of(templates, files));
        return problems;
    }

    /**
     * Violations of CloudFormation's rules in a folder of templates. An error ends the synthesis; a warning must be corrected
     * or accepted. Empty if the templates were not validated yet.
     */
    static List<String> violations(Path templates) {
        List<String> problems = new ArrayList<>();
        Path report = templates.resolve(VALIDATION);
        if (!Files.exists(report)) {
            return problems;
        }
        for (JsonNode plugin : read(report).path("pluginReports")) {
            for (JsonNode violation : plugin.path("violations")) {
                problems.add(violation.path("ruleName").asText() + ": "
                        + violation.path("description").asText() + " ("
                        + violation.findPath("constructPath").asText() + ")");
            }
        }
        return problems;
    }

    // CDK has deprecated the types of its messages and gives messages in no others.
    @SuppressWarnings("deprecation")
    private static List<String> errors(CloudFormationStackArtifact stack) {
        return stack.getMessages().stream()
                .filter(message -> message.getLevel() == software.amazon.awscdk.cxapi.SynthesisMessageLevel.ERROR)
                .map(message -> message.getId() + ": " + message.getEntry().getData())
                .toList();
    }

    /** Everything that is wrong with templates, by the name of their stack. */
    static List<String> of(Map<String, JsonNode> templates, StageFiles files) {
        return of(templates, files.settings(), AllowedStatements.of(files));
    }

    static List<String> of(Map<String, JsonNode> templates, StageSettings settings, AllowedStatements allowed) {
        List<String> problems = new ArrayList<>();
        List<Resource> all = new ArrayList<>();
        templates.forEach((stack, template) -> template.path("Resources")
                .properties()
                .forEach(entry -> all.add(new Resource(stack, entry.getKey(), entry.getValue()))));
        new BucketChecks(all, problems).run();
        new PolicyChecks(all, allowed, problems).run();
        new JobChecks(all, problems).run();
        new AlarmChecks(all, problems).run();
        new NetworkChecks(all, settings, problems).run();
        all.stream()
                .filter(resource -> !KNOWN.contains(resource.body().path("Type").asText()))
                .forEach(resource -> problems.add(resource.words() + " is of a type that no check knows: "
                        + resource.body().path("Type").asText()));
        return problems;
    }

    static JsonNode read(Path template) {
        try {
            return JSON.readTree(template.toFile());
        } catch (IOException e) {
            throw new InvalidInputException("The template " + template + " cannot be read", e);
        }
    }

    /** A resource of a template. */
    record Resource(String stack, String id, JsonNode body) {

        boolean is(String type) {
            return body.path("Type").asText().equals(type);
        }

        JsonNode property(String name) {
            return body.path("Properties").path(name);
        }

        /** Of a policy. */
        Stream<JsonNode> statements() {
            return StreamSupport.stream(
                    property("PolicyDocument").path("Statement").spliterator(), false);
        }

        /** What a message calls it. */
        String words() {
            return stack + "/" + id;
        }
    }
}
