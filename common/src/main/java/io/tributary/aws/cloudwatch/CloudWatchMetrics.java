package io.tributary.aws.cloudwatch;

import io.tributary.aws.AwsClients;
import io.tributary.aws.RequestLimits;
import io.tributary.metrics.DataPoint;
import io.tributary.metrics.Metric;
import io.tributary.metrics.Metrics;
import io.tributary.metrics.StatisticSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;

/**
 * Sends data points to CloudWatch from a thread of its own, so that no batch waits for it. If CloudWatch falls behind,
 * the oldest requests are dropped. Each time the queue is empty again, the log says how many data points were dropped.
 */
public final class CloudWatchMetrics implements Metrics {

    private static final Logger LOG = LoggerFactory.getLogger(CloudWatchMetrics.class);
    private static final int REQUESTS_WAITING = 100;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);
    private static final RequestLimits LIMITS =
            new RequestLimits(4, Duration.ofSeconds(5), Optional.of(Duration.ofSeconds(30)));

    /** The most data points in one request. */
    private static final int MAX_DATA_PER_REQUEST = 1000;

    private final String namespace;
    private final Consumer<PutMetricDataRequest> put;
    private final Runnable end;
    private final ThreadPoolExecutor deliveries;

    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong reported = new AtomicLong();

    /**
     * @param put sends a request; may fail as the SDK fails
     * @param end runs after the last delivery
     */
    CloudWatchMetrics(String namespace, Consumer<PutMetricDataRequest> put, Runnable end) {
        this.namespace = namespace;
        this.put = put;
        this.end = end;
        this.deliveries = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(REQUESTS_WAITING),
                task -> {
                    Thread thread = Executors.defaultThreadFactory().newThread(task);
                    thread.setName("tributary-metrics");
                    thread.setDaemon(true);
                    return thread;
                },
                this::dropOldest);
    }

    public static CloudWatchMetrics open(String region, String namespace) {
        CloudWatchClient client = AwsClients.open(CloudWatchClient.builder().region(Region.of(region)), LIMITS);
        return new CloudWatchMetrics(namespace, client::putMetricData, client::close);
    }

    @Override
    public void publish(Instant at, List<DataPoint> measurements) {
        for (int from = 0; from < measurements.size(); from += MAX_DATA_PER_REQUEST) {
            List<MetricDatum> data =
                    measurements.subList(from, Math.min(measurements.size(), from + MAX_DATA_PER_REQUEST)).stream()
                            .map(measurement -> datum(at, measurement))
                            .toList();
            PutMetricDataRequest request = PutMetricDataRequest.builder()
                    .namespace(namespace)
                    .metricData(data)
                    .build();
            deliveries.execute(new Delivery(request));
        }
    }

    /** A queued request. */
    private final class Delivery implements Runnable {

        private final PutMetricDataRequest request;

        Delivery(PutMetricDataRequest request) {
            this.request = request;
        }

        @Override
        public void run() {
            deliver(request);
        }
    }

    private void dropOldest(Runnable newest, ThreadPoolExecutor executor) {
        if (executor.isShutdown()) {
            drop(newest);
            return;
        }
        Runnable oldest = executor.getQueue().poll();
        if (oldest != null) {
            drop(oldest);
        }
        executor.execute(newest);
    }

    private void drop(Runnable delivery) {
        dropped.addAndGet(((Delivery) delivery).request.metricData().size());
    }

    /** How many data points were dropped so far, because CloudWatch accepted them too slowly. */
    long dropped() {
        return dropped.get();
    }

    private void tellDropped() {
        long all = dropped.get();
        long count = all - reported.getAndSet(all);
        if (count > 0) {
            LOG.warn(
                    "metrics[{}]: {} data points were dropped, the oldest first, because CloudWatch took them too slowly."
                            + " Dashboards lack them; nothing else depends on them.",
                    namespace,
                    count);
        }
    }

    private void deliver(PutMetricDataRequest request) {
        try {
            put.accept(request);
            tellDropped();
        } catch (SdkException e) {
            LOG.warn(
                    "metrics[{}]: {} data points are lost: {}. The job's role needs cloudwatch:PutMetricData, and"
                            + " its network a way to CloudWatch.",
                    namespace,
                    request.metricData().size(),
                    e.toString());
        }
    }

    private static MetricDatum datum(Instant at, DataPoint measurement) {
        StatisticSet values = measurement.values();
        return MetricDatum.builder()
                .metricName(measurement.metric().title())
                .timestamp(at)
                .unit(measurement.metric().unit().word())
                .dimensions(measurement.dataCenter().stream()
                        .map(name -> Dimension.builder()
                                .name(Metric.DATA_CENTER)
                                .value(name)
                                .build())
                        .toList())
                .statisticValues(set -> set.sampleCount((double) values.count())
                        .sum(values.sum())
                        .minimum(values.least())
                        .maximum(values.most()))
                .build();
    }

    @Override
    public void close() {
        deliveries.shutdown();
        try {
            if (!deliveries.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("metrics[{}]: the last data points are lost", namespace);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        tellDropped();
        end.run();
    }
}
