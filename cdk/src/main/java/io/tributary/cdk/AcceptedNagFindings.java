package io.tributary.cdk;

import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.Acknowledgment;
import software.amazon.awscdk.Validations;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.constructs.IConstruct;

/** Findings of cdk-nag and of CloudFormation's own rules that are accepted, each with the reason. */
final class AcceptedNagFindings {

    private AcceptedNagFindings() {}

    static void accept(IConstruct where, String rule, String reason) {
        NagSuppressions.addResourceSuppressions(
                where,
                List.of(NagPackSuppression.builder().id(rule).reason(reason).build()),
                true);
    }

    /**
     * Accepts that statements name resources by a pattern, each with its reason. What somebody adds to them later is found.
     */
    static void acceptPatterns(IConstruct where, List<PolicyStatement> statements) {
        for (PolicyStatement statement : statements) {
            List<String> patterns = statement.getResources().stream()
                    .filter(resource -> resource.contains("*"))
                    .map(resource -> "Resource::" + resource)
                    .toList();
            Optional<String> reason = Optional.ofNullable(WildcardJustifications.reason(statement.getSid()));
            if (!patterns.isEmpty() && reason.isPresent()) {
                NagSuppressions.addResourceSuppressions(
                        where,
                        List.of(NagPackSuppression.builder()
                                .id("AwsSolutions-IAM5")
                                .reason(reason.get())
                                .appliesTo(patterns)
                                .build()),
                        true);
            }
        }
    }

    static void acceptOfCloudFormation(IConstruct where, String rule, String reason) {
        Validations.of(where)
                .acknowledge(Acknowledgment.builder()
                        .id("CloudFormation-Validate::" + rule)
                        .reason(reason)
                        .build());
    }
}
