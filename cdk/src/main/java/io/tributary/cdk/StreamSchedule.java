package io.tributary.cdk;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.scheduler.CfnSchedule;
import software.amazon.awscdk.services.scheduler.CfnSchedule.FlexibleTimeWindowProperty;
import software.amazon.awscdk.services.scheduler.CfnSchedule.RetryPolicyProperty;
import software.amazon.awscdk.services.scheduler.CfnSchedule.TargetProperty;

/**
 * Starts the stream again whenever it has ended. EventBridge Scheduler asks Glue for a run, and Glue refuses while one is
 * active. A trigger of Glue would leave a failed run each time, and comes every five minutes at best.
 */
final class StreamSchedule {

    /** The service principal that asks. */
    static final String SCHEDULER = "scheduler.amazonaws.com";

    private static final String TARGET = "arn:aws:scheduler:::aws-sdk:glue:startJobRun";

    private StreamSchedule() {}

    /** @param every how soon the stream is started again, in whole minutes */
    static CfnSchedule create(StageStack stack, GlueJob job, Duration every) {
        String name = stack.names().of(job.name());
        Role role = Role.Builder.create(stack, "RestartRole")
                .roleName(stack.names().of("restart"))
                .description("Starts Tributary's " + job.name() + " job, stage "
                        + stack.names().stage())
                .assumedBy(ServicePrincipal.Builder.create(SCHEDULER)
                        .conditions(stack.sourceAccountCondition())
                        .build())
                .inlinePolicies(Map.of(
                        "start",
                        PolicyDocument.Builder.create()
                                .statements(List.of(Permissions.statement(
                                        "StartStream",
                                        List.of("glue:StartJobRun"),
                                        List.of(stack.names().arn("glue", "job/" + name)))))
                                .build()))
                .build();
        return CfnSchedule.Builder.create(stack, "Restart")
                .name(name)
                .description("Starts the stream again if it has ended")
                .scheduleExpression("rate(" + every.toMinutes() + " minute" + (every.toMinutes() == 1 ? "" : "s") + ")")
                .flexibleTimeWindow(
                        FlexibleTimeWindowProperty.builder().mode("OFF").build())
                .state("ENABLED")
                .target(TargetProperty.builder()
                        .arn(TARGET)
                        .roleArn(role.getRoleArn())
                        .input("{\"JobName\":\"" + name + "\"}")
                        // The next call comes by itself.
                        .retryPolicy(RetryPolicyProperty.builder()
                                .maximumRetryAttempts(0)
                                .maximumEventAgeInSeconds(60)
                                .build())
                        .build())
                .build();
    }
}
