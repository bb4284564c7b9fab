package io.tributary.cdk;

import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import java.util.List;
import software.constructs.IConstruct;

/** Findings of cdk-nag that are accepted, each with the reason. */
final class Findings {

    private Findings() {}

    static void accept(IConstruct where, String rule, String reason) {
        NagSuppressions.addResourceSuppressions(
                where,
                List.of(NagPackSuppression.builder().id(rule).reason(reason).build()),
                true);
    }
}
