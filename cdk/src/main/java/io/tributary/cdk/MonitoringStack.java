package io.tributary.cdk;

import io.tributary.metrics.Metric;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.targets.SnsTopic;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.constructs.Construct;

/**
 * What operators look at, and what wakes them: a dashboard of the jobs' metrics, and alarms to a topic. Alarms watch the
 * lake as a whole, since data centers come and go without a deployment; the dashboard shows which one it is.
 */
final class MonitoringStack extends StageStack {

    private static final software.amazon.awscdk.Duration PERIOD = software.amazon.awscdk.Duration.minutes(5);
    private static final int PERIOD_MINUTES = 5;
    private static final int WIDTH = 12;

    /** The service that tells of alarms. */
    static final String CLOUDWATCH = "cloudwatch.amazonaws.com";

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
                .conditions(ofThisAccount())
                .build());
        settings.alarms()
                .email()
                .ifPresent(email -> topic.addSubscription(
                        EmailSubscription.Builder.create(email).build()));
        Dashboard.Builder.create(this, "Dashboard")
                .dashboardName(names().of("flow"))
                .widgets(rows())
                .build();
        alarms();
        failedRuns();
    }

    private List<List<IWidget>> rows() {
        return List.of(
                row(
                        widget("Freshness: append in Kafka to visible, s", "Maximum", Metric.FRESHNESS),
                        widget("Lag, records not read yet", "Maximum", Metric.LAG)),
                row(
                        widget("Records read", "Sum", Metric.RECORDS_READ),
                        widget("Records staged", "Sum", Metric.RECORDS_STAGED)),
                row(
                        widget("Duplicates", "Sum", Metric.RECORDS_DUPLICATE),
                        widget("Quarantined", "Sum", Metric.RECORDS_QUARANTINED)),
                row(
                        widget("Data centers silent (1: does not answer)", "Maximum", Metric.UNREACHABLE),
                        widget("Data centers stopped (1: somebody has to act)", "Maximum", Metric.HALTED)),
                row(
                        widget("Kafka's retention used, %", "Maximum", Metric.RETENTION_USED),
                        widget("Ranges deferred", "Sum", Metric.RANGES_DEFERRED)),
                row(widget("Batch, s", "Maximum", Metric.BATCH), widget("Merge, s", "Maximum", Metric.MERGE)),
                row(
                        widget("Staging backlog at the merge, s", "Maximum", Metric.STAGING_BACKLOG),
                        widget("Files of the merged table", "Maximum", Metric.MERGED_FILES)),
                row(
                        widget("Rows merged", "Sum", Metric.ROWS_MERGED),
                        widget("Repeats that the merge left out", "Sum", Metric.ROWS_DUPLICATE)),
                row(
                        widget("Values that did not fit their column", "Sum", Metric.CAST_FAILURES),
                        widget("Offsets given up by an operator, by batch", "Sum", Metric.OFFSETS_LOST)),
                row(
                        widget("Offsets given up, as the audit counts them", "Maximum", Metric.OFFSETS_SKIPPED),
                        widget("Offsets deferred and still to be read", "Maximum", Metric.OFFSETS_PENDING)),
                row(widget("Steps of merge runs that failed", "Maximum", Metric.MERGE_STEPS_FAILED)),
                row(
                        widget(
                                "Data-centers file unusable (1: the last good one is in force)",
                                "Maximum",
                                Metric.DATA_CENTERS_FILE_UNUSABLE),
                        widget("Audit findings", "Maximum", Metric.AUDIT_FINDINGS)),
                row(
                        widget("Rows with the id of another event", "Sum", Metric.ROWS_CONFLICTING),
                        widget("Topics stopped, in whole or in part", "Maximum", Metric.TOPICS_HALTED)));
    }

    private static List<IWidget> row(IWidget... widgets) {
        return List.of(widgets);
    }

    /** The lake's value and, by a search that finds new ones too, each data center's. */
    private IWidget widget(String title, String statistic, Metric metric) {
        List<IMetric> lines = new ArrayList<>(List.of(ofLake(metric, statistic)));
        if (metric.scope() == Metric.Scope.DATA_CENTER) {
            lines.add(MathExpression.Builder.create()
                    .expression("SEARCH('{" + names().metrics() + "," + Metric.DATA_CENTER + "} MetricName=\""
                            + metric.title() + "\"', '" + statistic + "', 60)")
                    .usingMetrics(Map.of())
                    .label("")
                    .period(software.amazon.awscdk.Duration.minutes(1))
                    .build());
        }
        return GraphWidget.Builder.create()
                .title(title)
                .width(WIDTH)
                .liveData(true)
                .left(lines)
                .build();
    }

    private software.amazon.awscdk.services.cloudwatch.Metric ofLake(Metric metric, String statistic) {
        return software.amazon.awscdk.services.cloudwatch.Metric.Builder.create()
                .namespace(names().metrics())
                .metricName(metric.title())
                .statistic(statistic)
                .label("lake")
                .period(PERIOD)
                .build();
    }

    private void alarms() {
        StageSettings.Alarms limits = settings().alarms();
        alarm(
                "freshness",
                "Events became visible later than " + describe(limits.freshness())
                        + " after their append in Kafka, for 15 minutes"
                        + " on average. See the dashboard for the data center, then docs/operations.md.",
                ofLake(Metric.FRESHNESS, "Average"),
                limits.freshness().toMillis() / 1000.0,
                3,
                TreatMissingData.NOT_BREACHING);
        alarm(
                "silent",
                "A data center has not answered for " + describe(limits.silent()) + ", or the stream does not run.",
                ofLake(Metric.UNREACHABLE, "Minimum"),
                0,
                periods(limits.silent()),
                TreatMissingData.BREACHING);
        alarm(
                "stopped",
                "Something of a data center stands still: Kafka deleted records before they were read, a topic was made"
                        + " anew or cut, or a topic or partition cannot be read. Somebody has to decide:"
                        + " docs/operations.md, a gap.",
                ofLake(Metric.HALTED, "Minimum"),
                0,
                1,
                TreatMissingData.IGNORE);
        alarm(
                "data-centers-file",
                "The data-centers file cannot be used; the last good one stays in force. The log of the ingest job"
                        + " says why: correct the file.",
                ofLake(Metric.DATA_CENTERS_FILE_UNUSABLE, "Minimum"),
                0,
                1,
                TreatMissingData.IGNORE);
        alarm(
                "retention",
                "More than " + limits.retentionUsedPercent() + " % of what a Kafka partition keeps is still unread, for"
                        + " 15 minutes. Once it is 100 %, Kafka deletes what was never read.",
                ofLake(Metric.RETENTION_USED, "Minimum"),
                limits.retentionUsedPercent(),
                3,
                TreatMissingData.IGNORE);
        alarm(
                "quarantine",
                "More than " + limits.quarantinePercent() + " % of the records read could not be used, for 15 minutes."
                        + " Ask the quarantine table for the reasons.",
                MathExpression.Builder.create()
                        .expression("IF(read > 0, 100 * refused / read, 0)")
                        .usingMetrics(Map.of(
                                "read",
                                ofLake(Metric.RECORDS_READ, "Sum"),
                                "refused",
                                ofLake(Metric.RECORDS_QUARANTINED, "Sum")))
                        .label("quarantined, %")
                        .period(PERIOD)
                        .build(),
                limits.quarantinePercent(),
                3,
                TreatMissingData.NOT_BREACHING);
        alarm(
                "merge-overdue",
                "No merge has ended for " + describe(limits.mergeOverdue()) + ".",
                MathExpression.Builder.create()
                        .expression("IF(FILL(merge, -1) < 0, 1, 0)")
                        .usingMetrics(Map.of("merge", ofLake(Metric.MERGE, "Maximum")))
                        .label("no merge")
                        .period(PERIOD)
                        .build(),
                0,
                periods(limits.mergeOverdue()),
                TreatMissingData.BREACHING);
        alarm(
                "audit",
                "The audit has findings: the accounts do not balance. Its log names each; docs/audit.md explains them.",
                ofLake(Metric.AUDIT_FINDINGS, "Maximum"),
                0,
                1,
                TreatMissingData.IGNORE);
    }

    /** @param periods of five minutes, all of which must be above the limit */
    private void alarm(String name, String words, IMetric metric, double limit, int periods, TreatMissingData missing) {
        SnsAction toTheTopic = new SnsAction(topic);
        Alarm alarm = Alarm.Builder.create(this, "Alarm-" + name)
                .alarmName(names().of(name))
                .alarmDescription(words)
                .metric(metric)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                .threshold(limit)
                .evaluationPeriods(periods)
                .datapointsToAlarm(periods)
                .treatMissingData(missing)
                .build();
        alarm.addAlarmAction(toTheTopic);
        alarm.addOkAction(toTheTopic);
    }

    /**
     * Glue counts no failed runs as a metric; it tells of each as an event. A trigger that fires while a run is under way
     * makes a failed one too, which is how it should be and nobody's news.
     */
    private void failedRuns() {
        Rule.Builder.create(this, "FailedRuns")
                .ruleName(names().of("failed-runs"))
                .description("Tells of every run of Tributary's jobs that failed or ran into its timeout")
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
                .targets(List.of(SnsTopic.Builder.create(topic).build()))
                .build();
    }

    private static String describe(Duration duration) {
        return duration.toSecondsPart() == 0 ? duration.toMinutes() + " minutes" : duration.toSeconds() + " seconds";
    }

    private static int periods(Duration duration) {
        return (int) (duration.toMinutes() / PERIOD_MINUTES);
    }
}
