package io.tributary.aws.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.metrics.DataPoint;
import io.tributary.metrics.Metric;
import io.tributary.metrics.Metrics;
import io.tributary.metrics.StatisticSet;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;

class CloudWatchMetricsTest {

    private static final Instant AT = Instant.parse("2026-01-31T08:00:00Z");

    private final ConcurrentLinkedQueue<PutMetricDataRequest> put = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean ended = new AtomicBoolean();

    @Test
    void aMeasurementBecomesADatumWithItsSpreadAndDimension() {
        try (Metrics metrics = new CloudWatchMetrics("Tributary/dev", put::add, () -> ended.set(true))) {
            metrics.publish(
                    AT,
                    List.of(
                            new DataPoint(Metric.FRESHNESS, Optional.of("fra1"), new StatisticSet(3, 6, 1, 3)),
                            DataPoint.ofLake(Metric.RETENTION_USED, 40)));
        }
        assertThat(ended).isTrue();
        assertThat(put).hasSize(1);
        PutMetricDataRequest request = put.peek();
        assertThat(request.namespace()).isEqualTo("Tributary/dev");
        MetricDatum freshness = request.metricData().get(0);
        assertThat(freshness.metricName()).isEqualTo("FreshnessSeconds");
        assertThat(freshness.timestamp()).isEqualTo(AT);
        assertThat(freshness.unit()).isEqualTo(StandardUnit.SECONDS);
        assertThat(freshness.dimensions())
                .containsExactly(
                        Dimension.builder().name("DataCenter").value("fra1").build());
        assertThat(freshness.statisticValues().sampleCount()).isEqualTo(3);
        assertThat(freshness.statisticValues().sum()).isEqualTo(6);
        assertThat(freshness.statisticValues().maximum()).isEqualTo(3);
        assertThat(request.metricData().get(1).unit()).isEqualTo(StandardUnit.PERCENT);
        assertThat(request.metricData().get(1).dimensions()).isEmpty();
    }

    @Test
    void whatOneRequestCannotCarryGoesInSeveral() {
        try (Metrics metrics = new CloudWatchMetrics("Tributary/dev", put::add, () -> {})) {
            metrics.publish(AT, Collections.nCopies(2001, DataPoint.ofLake(Metric.BATCH, 1)));
        }
        assertThat(put).extracting(request -> request.metricData().size()).containsExactly(1000, 1000, 1);
    }

    @Test
    void noBatchWaitsForCloudWatchOrFailsWithIt() throws InterruptedException {
        CountDownLatch answers = new CountDownLatch(1);
        CloudWatchMetrics metrics = new CloudWatchMetrics(
                "Tributary/dev",
                request -> {
                    awaited(answers);
                    put.add(request);
                    throw SdkClientException.create("no route to CloudWatch");
                },
                () -> {});
        for (int i = 0; i < 1000; i++) {
            metrics.publish(AT, List.of(DataPoint.ofLake(Metric.BATCH, i)));
        }
        assertThat(put).isEmpty();
        answers.countDown();
        metrics.close();

        // One was under way, as many as may wait were kept, and they are the newest.
        assertThat(put).hasSize(101);
        assertThat(metrics.dropped()).isEqualTo(1000 - 101);
        assertThat(List.copyOf(put)
                        .get(100)
                        .metricData()
                        .get(0)
                        .statisticValues()
                        .sum())
                .isEqualTo(999);
    }

    private static void awaited(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
