package io.tributary.cdk;

import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import java.util.List;
import software.amazon.awscdk.Acknowledgment;
import software.amazon.awscdk.Validations;
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

    static void acceptOfCloudFormation(IConstruct where, String rule, String reason) {
        Validations.of(where)
                .acknowledge(Acknowledgment.builder()
                        .id("CloudFormation-Validate::" + rule)
                        .reason(reason)
                        .build());
    }
}
