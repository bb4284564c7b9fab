package io.tributary.cdk;

import io.tributary.metrics.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.MathExpression;

/** The widgets of a stage's dashboard: every metric, for the lake and for each data center. */
final class DashboardWidgets {

    private static final int WIDTH = 12;

    private final StageMetrics metrics;

    DashboardWidgets(StageMetrics metrics) {
        this.metrics = metrics;
    }

    List<List<IWidget>> rows() {
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
                        widget("Data centers unreachable (1: does not answer)", "Maximum", Metric.UNREACHABLE),
                        widget("Data centers halted (1: somebody has to act)", "Maximum", Metric.HALTED)),
                row(
                        widget("Kafka's retention used, %", "Maximum", Metric.RETENTION_USED),
                        widget("Ranges deferred", "Sum", Metric.RANGES_DEFERRED)),
                row(
                        widget(
                                "Valid through: age of the newest time up to which all is queryable, s",
                                "Maximum",
                                Metric.VALID_THROUGH_AGE),
                        widget("Until Kafka deletes what is unread, s", "Minimum", Metric.RETENTION_LEFT)),
                row(widget("Batch, s", "Maximum", Metric.BATCH), widget("Merge, s", "Maximum", Metric.MERGE)),
                row(
                        widget("Staging backlog at the merge, s", "Maximum", Metric.STAGING_BACKLOG),
                        widget("Files of the merged table", "Maximum", Metric.MERGED_FILES)),
                row(
                        widget("Rows merged", "Sum", Metric.ROWS_MERGED),
                        widget("Duplicates that the merge dropped", "Sum", Metric.ROWS_DUPLICATE)),
                row(
                        widget("Records of erased events, left out", "Sum", Metric.RECORDS_ERASED),
                        widget("Records without an event, passed over", "Sum", Metric.RECORDS_WITHOUT_EVENT)),
                row(
                        widget("Cast failures", "Sum", Metric.CAST_FAILURES),
                        widget("Offsets lost, by batch", "Sum", Metric.OFFSETS_LOST)),
                row(
                        widget("Offsets skipped, as the audit counts them", "Maximum", Metric.OFFSETS_SKIPPED),
                        widget("Offsets pending", "Maximum", Metric.OFFSETS_PENDING)),
                row(
                        widget("Quarantined, % of the records read", "Average", Metric.QUARANTINED_PERCENT),
                        widget("Steps of merge runs that failed", "Maximum", Metric.MERGE_STEPS_FAILED)),
                row(
                        widget(
                                "Data-centers file unusable (1: the last good one is in force)",
                                "Maximum",
                                Metric.DATA_CENTERS_FILE_UNUSABLE),
                        widget("Audit findings", "Maximum", Metric.AUDIT_FINDINGS)),
                row(
                        widget("Rows with the id of another event", "Sum", Metric.ROWS_CONFLICTING),
                        widget("Topics halted, in whole or in part", "Maximum", Metric.TOPICS_HALTED)));
    }

    private static List<IWidget> row(IWidget... widgets) {
        return List.of(widgets);
    }

    /** The lake's value and, by a search that finds new ones too, each data center's. */
    private IWidget widget(String title, String statistic, Metric metric) {
        List<IMetric> lines = new ArrayList<>(List.of(metrics.ofLake(metric, statistic)));
        if (metric.scope() == Metric.Scope.DATA_CENTER) {
            lines.add(MathExpression.Builder.create()
                    .expression("SEARCH('{" + metrics.namespace() + "," + Metric.DATA_CENTER + "} MetricName=\""
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
}
