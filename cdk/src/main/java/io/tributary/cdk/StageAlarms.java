package io.tributary.cdk;

import io.tributary.metrics.Metric;
import java.time.Duration;
import java.util.Map;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.sns.Topic;

/**
 * The alarms of a stage. Where a data center can cause one, each is held against the limit for itself, so a small one does
 * not drown in the lake's average, and one that has been in trouble for days does not hide the next. Data centers come and
 * go without a deployment.
 */
final class StageAlarms {

    private static final String RUNBOOK = "docs/operating.md";

    private final StageStack stack;
    private final StageSettings.Alarms limits;
    private final StageMetrics metrics;
    private final Topic topic;

    StageAlarms(StageStack stack, StageMetrics metrics, Topic topic) {
        this.stack = stack;
        this.limits = stack.settings().alarms();
        this.metrics = metrics;
        this.topic = topic;
    }

    void create() {
        alarm(
                "freshness",
                "Events of a data center became visible later than " + describe(limits.freshness())
                        + " after their append in Kafka, on average, for 15 minutes.",
                metrics.ofEachDataCenter(Metric.FRESHNESS, "AVG"),
                limits.freshness().toMillis() / 1000.0,
                3,
                TreatMissingData.NOT_BREACHING);
        alarm(
                "unreachable",
                "A data center has not answered for " + describe(limits.unreachable()) + ".",
                metrics.ofEachDataCenter(Metric.UNREACHABLE, "MIN"),
                0,
                periods(limits.unreachable()),
                TreatMissingData.NOT_BREACHING);
        alarm(
                "no-metrics",
                "No metric has arrived for " + describe(limits.unreachable()) + ": the stream does not run.",
                silence("unreachable", metrics.ofLake(Metric.UNREACHABLE, "Minimum"), "no metrics"),
                0,
                periods(limits.unreachable()),
                TreatMissingData.BREACHING);
        alarm(
                "halted",
                "A part of a data center is halted: Kafka deleted records before they were read, a topic was recreated"
                        + " or truncated, a topic or partition cannot be read, or most records are rejected. Somebody has to decide.",
                metrics.ofEachDataCenter(Metric.HALTED, "MIN"),
                0,
                1,
                TreatMissingData.IGNORE);
        alarm(
                "offsets-lost",
                "The stream skipped offsets that Kafka had deleted before they were read, because accept_gaps or"
                        + " accept_reset allows it."
                        + " These records will never be in the lake.",
                metrics.ofEachDataCenter(Metric.OFFSETS_LOST, "SUM"),
                0,
                1,
                TreatMissingData.NOT_BREACHING);
        alarm(
                "data-centers-file",
                "The data-centers file cannot be used; the last good one stays in force. The log of the ingest job"
                        + " says why: correct the file.",
                metrics.ofLake(Metric.DATA_CENTERS_FILE_UNUSABLE, "Minimum"),
                0,
                1,
                TreatMissingData.IGNORE);
        alarm(
                "retention",
                "More than " + limits.retentionUsedPercent() + " % of what a Kafka partition keeps is still unread, for"
                        + " 15 minutes. Once it is 100 %, Kafka deletes what was never read.",
                metrics.ofEachDataCenter(Metric.RETENTION_USED, "MIN"),
                limits.retentionUsedPercent(),
                3,
                TreatMissingData.IGNORE);
        create(
                "retention-left",
                "Kafka deletes unread records of a data center in less than " + describe(limits.retentionLeft())
                        + ", for 15 minutes. What it deletes will never be in the lake.",
                metrics.ofEachDataCenter(Metric.RETENTION_LEFT, "MAX"),
                limits.retentionLeft().toMillis() / 1000.0,
                3,
                TreatMissingData.IGNORE,
                ComparisonOperator.LESS_THAN_THRESHOLD);
        alarm(
                "valid-through",
                "For " + describe(limits.validThrough())
                        + " something that a data center has sent is not queryable. A data center that is idle does not"
                        + " cause it, one that is unreachable, halted or behind does.",
                metrics.ofEachDataCenter(Metric.VALID_THROUGH_AGE, "MIN"),
                limits.validThrough().toMillis() / 1000.0,
                1,
                TreatMissingData.IGNORE);
        alarm(
                "quarantine",
                "More than " + limits.quarantinePercent() + " % of the records of a data center were rejected, for 15"
                        + " minutes. Ask the quarantine table for the reasons.",
                metrics.ofEachDataCenter(Metric.QUARANTINED_PERCENT, "AVG"),
                limits.quarantinePercent(),
                3,
                TreatMissingData.NOT_BREACHING);
        alarm(
                "cast-failures",
                "More than " + limits.castFailures()
                        + " values that a data center sent in 5 minutes did not fit the type of"
                        + " their column and became null, for 15 minutes.",
                metrics.ofEachDataCenter(Metric.CAST_FAILURES, "SUM"),
                limits.castFailures(),
                3,
                TreatMissingData.NOT_BREACHING);
        alarm(
                "merge-overdue",
                "No merge has ended for " + describe(limits.mergeOverdue()) + ".",
                silence("merge", metrics.ofLake(Metric.MERGE, "Maximum"), "no merge"),
                0,
                periods(limits.mergeOverdue()),
                TreatMissingData.BREACHING);
        alarm(
                "late-rows-waiting",
                "A merge found rows that had waited longer than " + describe(limits.mergeOverdue())
                        + ": late events become visible that late.",
                metrics.ofLake(Metric.STAGING_BACKLOG, "Maximum"),
                limits.mergeOverdue().toMillis() / 1000.0,
                1,
                TreatMissingData.IGNORE);
        alarm(
                "merge-steps-failed",
                "A step of a merge run failed: the merge, a rollup, the catalog sync or the maintenance. The log of the"
                        + " merge job names each with its error. The next run tries it again.",
                metrics.ofLake(Metric.MERGE_STEPS_FAILED, "Maximum"),
                0,
                1,
                TreatMissingData.IGNORE);
        alarm(
                "audit",
                "The audit has findings: the numbers do not balance. Its log names each.",
                metrics.ofLake(Metric.AUDIT_FINDINGS, "Maximum"),
                0,
                1,
                TreatMissingData.IGNORE);
    }

    /** @param periods all of which must be above the limit */
    private void alarm(String name, String words, IMetric metric, double limit, int periods, TreatMissingData missing) {
        create(name, words, metric, limit, periods, missing, ComparisonOperator.GREATER_THAN_THRESHOLD);
    }

    private void create(
            String name,
            String words,
            IMetric metric,
            double limit,
            int periods,
            TreatMissingData missing,
            ComparisonOperator comparison) {
        SnsAction snsAction = new SnsAction(topic);
        Alarm alarm = Alarm.Builder.create(stack, "Alarm-" + name)
                .alarmName(stack.names().of(name))
                .alarmDescription(words + " " + whatToDo(name))
                .metric(metric)
                .comparisonOperator(comparison)
                .threshold(limit)
                .evaluationPeriods(periods)
                .datapointsToAlarm(periods)
                .treatMissingData(missing)
                .build();
        alarm.addAlarmAction(snsAction);
        alarm.addOkAction(snsAction);
    }

    /** Names the section of the runbook. */
    static String whatToDo(String alarm) {
        return "What to do: " + RUNBOOK + "#alarm-" + alarm;
    }

    private static String describe(Duration duration) {
        return duration.toSecondsPart() == 0 ? duration.toMinutes() + " minutes" : duration.toSeconds() + " seconds";
    }

    /** 1 while no value of a metric arrives, else 0. */
    private static MathExpression silence(String name, IMetric metric, String label) {
        return MathExpression.Builder.create()
                .expression("IF(FILL(" + name + ", -1) < 0, 1, 0)")
                .usingMetrics(Map.of(name, metric))
                .label(label)
                .period(StageMetrics.period())
                .build();
    }

    private static int periods(Duration duration) {
        return (int) duration.dividedBy(StageMetrics.PERIOD);
    }
}
