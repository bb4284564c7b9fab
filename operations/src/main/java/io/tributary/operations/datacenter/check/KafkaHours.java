package io.tributary.operations.datacenter.check;

import io.tributary.config.DataCenter;
import io.tributary.config.Secrets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;

/** How many records a cluster holds of each hour of a date, by Kafka's timestamps. */
public final class KafkaHours {

    private static final int HOURS = 24;

    private KafkaHours() {}

    /**
     * Asks the brokers.
     *
     * @return by the beginning of the hour; empty if a topic or partition does not tell. Offsets without a record count as well
     */
    public static SortedMap<Instant, Long> of(DataCenter center, Secrets secrets, Duration timeout, LocalDate date)
            throws InterruptedException {
        Instant begin = date.atStartOfDay(ZoneOffset.UTC).toInstant();
        SortedMap<Instant, Long> hours = new TreeMap<>();
        try (ClusterProbe probe = ClusterProbe.open(center, secrets, timeout)) {
            if (probe.describeTopics().stream().anyMatch(CheckResult::isFailure)) {
                return hours;
            }
            long before = probe.offsetsAt(begin);
            for (int hour = 0; hour < HOURS; hour++) {
                Instant at = begin.plus(Duration.ofHours(hour));
                long after = probe.offsetsAt(at.plus(Duration.ofHours(1)));
                hours.put(at, Math.max(0, after - before));
                before = after;
            }
        } catch (KafkaException | TimeoutException | IllegalStateException e) {
            return new TreeMap<>();
        }
        return hours;
    }
}
