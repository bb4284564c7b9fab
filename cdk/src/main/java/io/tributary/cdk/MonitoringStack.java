package io.tributary.cdk;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.events.CfnRule;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.constructs.Construct;

/**
 * Monitoring of a stage: a dashboard of the jobs' metrics, and alarms, which go to a topic.
 */
final class MonitoringStack extends StageStack {

    /** The service principal that publishes alarms. */
    static final String CLOUDWATCH = "cloudwatch.amazonaws.com";

    /** The service principal that reports failed runs. */
    static final String EVENTBRIDGE = "events.amazonaws.com";

    private final Topic topic;

    MonitoringStack(Construct scope, StageSettings settings, Key key) {
        super(scope, settings, "monitoring", "dashboard, alarms and the topic that they go to");
        this.topic = Topic.Builder.create(this, "Alarms")
                .topicName(names().of("alarms"))
                .displayName("Tributary " + settings.stage())
                .masterKey(key)
                .enforceSsl(true)
                .build();
        // The policy that denies plain HTTP takes the place of the one that let the account's own alarms in.
        topic.addToResourcePolicy(PolicyStatement.Builder.create()
                .sid("AlarmsOfThisAccount")
                .principals(List.of(ServicePrincipal.Builder.create(CLOUDWATCH).build()))
                .actions(List.of("sns:Publish"))
                .resources(List.of(topic.getTopicArn()))
                .conditions(sourceAccountCondition())
                .build());
        settings.alarms()
                .email()
                .ifPresent(email -> topic.addSubscription(
                        EmailSubscription.Builder.create(email).build()));
        StageMetrics metrics = new StageMetrics(names().metrics());
        Dashboard.Builder.create(this, "Dashboard")
                .dashboardName(names().of("flow"))
                .widgets(new DashboardWidgets(metrics).rows())
                .build();
        new StageAlarms(this, metrics, topic).create();
        failedRuns();
    }

    /**
     * Glue has no metric of failed runs; it sends an event for each. A trigger that fires while a run is active causes a
     * failed run as well. This is expected, so the rule ignores it.
     */
    private void failedRuns() {
        Rule rule = Rule.Builder.create(this, "FailedRuns")
                .ruleName(names().failedRuns())
                .description("Reports every run of Tributary's jobs that failed or ran into its timeout. "
                        + StageAlarms.whatToDo("failed-runs"))
                .eventPattern(EventPattern.builder()
                        .source(List.of("aws.glue"))
                        .detailType(List.of("Glue Job State Change"))
                        .detail(Map.of(
                                "jobName",
                                Stream.of(GlueJob.INGEST, GlueJob.MERGE, GlueJob.AUDIT)
                                        .map(names()::of)
                                        .toList(),
                                "state",
                                List.of("FAILED", "TIMEOUT", "ERROR"),
                                "$or",
                                List.of(
                                        Map.of("message", List.of(Map.of("exists", false))),
                                        Map.of(
                                                "message",
                                                List.of(Map.of(
                                                        "anything-but",
                                                        Map.of("wildcard", "*oncurrent runs exceeded*")))))))
                        .build())
                .build();
        // CDK's own target would let EventBridge into topic and key on behalf of every account.
        ((CfnRule) rule.getNode().getDefaultChild())
                .setTargets(List.of(CfnRule.TargetProperty.builder()
                        .arn(topic.getTopicArn())
                        .id("Topic")
                        .build()));
        topic.addToResourcePolicy(PolicyStatement.Builder.create()
                .sid("FailedRunsOfThisStage")
                .principals(List.of(ServicePrincipal.Builder.create(EVENTBRIDGE).build()))
                .actions(List.of("sns:Publish"))
                .resources(List.of(topic.getTopicArn()))
                .conditions(Map.of(
                        "ArnEquals",
                        Map.of("aws:SourceArn", names().arn("events", "rule/" + names().failedRuns())),
                        "StringEquals",
                        Map.of("aws:SourceAccount", settings().account())))
                .build());
    }
}
