package io.tributary.ingest;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;

/**
 * Does something to a cluster after a batch was planned and before it is read: Kafka makes its reporters when it makes a
 * client, and a consumer is made by the task that reads, once a start of the query.
 */
public final class BeforeReadHook implements MetricsReporter {

    private static final AtomicReference<Runnable> NEXT = new AtomicReference<>();

    /** What is to be done when the next consumer is made, once. */
    static void next(Runnable deed) {
        NEXT.set(deed);
    }

    static boolean isDone() {
        return NEXT.get() == null;
    }

    @Override
    public void configure(Map<String, ?> options) {
        boolean asksOnly = String.valueOf(options.get(CommonClientConfigs.CLIENT_ID_CONFIG))
                .startsWith("tributary-");
        if (!asksOnly) {
            Runnable deed = NEXT.get();
            if (deed != null) {
                deed.run();
                NEXT.set(null);
            }
        }
    }

    @Override
    public void init(List<KafkaMetric> metrics) {}

    @Override
    public void metricChange(KafkaMetric metric) {}

    @Override
    public void metricRemoval(KafkaMetric metric) {}

    @Override
    public void close() {}
}
