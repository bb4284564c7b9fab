package io.tributary.cdk;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.cdk.TemplateChecks.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * No policy allows more than {@link AllowedStatements} lists. Whatever the list says, every action that a role is allowed is
 * named, none gives rights away, and every resource is named, unless {@link WildcardJustifications} says why not.
 */
final class PolicyChecks {

    /** All inline policies of a role, in characters. */
    private static final int MAX_ROLE_POLICY_SIZE = 10_240;

    /** What lets a role do what its own policy does not say. */
    private static final Set<String> RIGHTS = Set.of(
            "sts:AssumeRole", "kms:CreateGrant", "kms:PutKeyPolicy", "s3:PutBucketPolicy", "s3:DeleteObjectVersion");

    private static final Set<String> SERVICES = Set.of("glue.amazonaws.com", StreamSchedule.SCHEDULER);
    private static final List<String> ATTACHMENTS = List.of("Users", "Groups", "Roles");

    private final List<Resource> all;
    private final AllowedStatements allowed;
    private final List<String> problems;

    PolicyChecks(List<Resource> all, AllowedStatements allowed, List<String> problems) {
        this.all = all;
        this.allowed = allowed;
        this.problems = problems;
    }

    void run() {
        for (Resource resource : all) {
            if (resource.is("AWS::IAM::Role")) {
                resource.property("Policies").forEach(policy -> statements(resource, policy.path("PolicyDocument")));
                trust(resource);
                size(resource);
                if (!resource.property("ManagedPolicyArns").isMissingNode()) {
                    problem(resource, "takes policies that others wrote; name what it may do");
                }
            } else if (resource.is("AWS::IAM::Policy") || resource.is("AWS::IAM::ManagedPolicy")) {
                statements(resource, resource.property("PolicyDocument"));
                if (ATTACHMENTS.stream().anyMatch(to -> !resource.property(to).isMissingNode())) {
                    problem(resource, "is attached here; whoever is to have it is for the account to say");
                }
            } else if (resource.is("AWS::KMS::Key")) {
                granted(resource, resource.property("KeyPolicy"));
            } else if (resource.is("AWS::S3::BucketPolicy") || resource.is("AWS::SNS::TopicPolicy")) {
                granted(resource, resource.property("PolicyDocument"));
            }
        }
    }

    private void listed(Resource resource, String policy, JsonNode statement) {
        if (!statement.path("Effect").asText().equals("Deny") && !allowed.contain(policy, statement)) {
            problem(
                    resource,
                    "allows what allowed-statements.yaml does not list for "
                            + statement.path("Sid").asText("a statement without Sid") + ": " + statement);
        }
    }

    private void statements(Resource resource, JsonNode document) {
        for (JsonNode statement : document.path("Statement")) {
            listed(resource, TemplateValue.withoutHash(resource.id()), statement);
            if (statement.path("Effect").asText().equals("Allow")) {
                String sid = statement.path("Sid").asText();
                if (texts(statement.path("Action")).stream().anyMatch(action -> action.contains("*"))
                        || !statement.path("NotAction").isMissingNode()) {
                    problem(resource, "allows actions by a pattern in " + sid + "; name each");
                }
                if (texts(statement.path("Action")).stream().anyMatch(PolicyChecks::givesRightsAway)) {
                    problem(resource, "gives rights away in " + sid);
                }
                if (texts(statement.path("Resource")).contains("*") && !WildcardJustifications.mayNameEverything(sid)) {
                    problem(resource, "names every resource that there is in " + sid);
                }
                if ((texts(statement.path("Resource")).stream().anyMatch(named -> named.contains("*"))
                                || !statement.path("NotResource").isMissingNode())
                        && WildcardJustifications.reason(sid) == null) {
                    problem(resource, "names resources by a pattern in " + sid + ", and Wildcards does not say why");
                }
            }
        }
    }

    private static boolean givesRightsAway(String action) {
        return action.startsWith("iam:") || RIGHTS.contains(action);
    }

    /** Policies of a resource itself: whom they let in. */
    private void granted(Resource resource, JsonNode document) {
        for (JsonNode statement : document.path("Statement")) {
            listed(resource, TemplateValue.withoutHash(resource.id()), statement);
            List<String> principals = texts(statement.path("Principal"));
            if (statement.path("Effect").asText().equals("Allow")
                    && (principals.isEmpty() || principals.stream().anyMatch(principal -> principal.equals("*")))) {
                problem(
                        resource,
                        "lets everybody in by " + statement.path("Sid").asText());
            }
        }
    }

    private void size(Resource role) {
        int size = role.property("Policies").findValues("PolicyDocument").stream()
                .mapToInt(document -> document.toString().length())
                .sum();
        if (size > MAX_ROLE_POLICY_SIZE) {
            problem(
                    role,
                    "may do more than IAM takes in words: " + size + " characters, and at most " + MAX_ROLE_POLICY_SIZE
                            + "; name a path of secrets, with /* at its end, where there are many");
        }
    }

    private void trust(Resource role) {
        for (JsonNode statement : role.property("AssumeRolePolicyDocument").path("Statement")) {
            listed(role, TemplateValue.withoutHash(role.id()) + " trust", statement);
            if (!SERVICES.containsAll(texts(statement.path("Principal")))) {
                problem(role, "can be taken on by others than Glue and EventBridge Scheduler");
            }
            if (statement.at("/Condition/StringEquals/aws:SourceAccount").isMissingNode()) {
                problem(role, "can be taken on for another account");
            }
        }
    }

    /** All text values below a node, at any depth. */
    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isTextual()) {
            texts.add(node.asText());
        }
        node.forEach(child -> texts.addAll(texts(child)));
        return texts;
    }

    private void problem(Resource resource, String words) {
        problems.add(resource.words() + " " + words);
    }
}
