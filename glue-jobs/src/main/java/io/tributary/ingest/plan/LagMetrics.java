package io.tributary.ingest.plan;

import io.tributary.ingest.discovery.OffsetBounds;
import io.tributary.lake.status.Horizon;
import io.tributary.metrics.DataPoint;
import io.tributary.metrics.Metric;
import io.tributary.metrics.Metrics;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.ReadProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Publishes the lag and the state of each data center at a trigger, even if there is nothing to read, so that an
 * unreachable data center is visible as well.
 */
public final class LagMetrics {

    /** Triggers may come faster than the metrics are needed. */
    private static final Duration MIN_INTERVAL = Duration.ofSeconds(15);

    private final Metrics metrics;
    private Instant next = Instant.MIN;
    private boolean isFileUsable = true;

    public LagMetrics(Metrics metrics) {
        this.metrics = metrics;
    }

    /** Records whether the data-centers file can be used, for the next publication. */
    public void note(boolean isFileUsable) {
        this.isFileUsable = isFileUsable;
    }

    /**
     * Publishes, unless the last publication is recent.
     *
     * @param members all data centers of the file, also those that are paused
     * @param active those of them that are to be read
     * @param answers of those that were asked and answered
     * @param before positions and pending ranges before the batch
     * @param plans of those that are read now
     * @param horizons of a data center, also of one that does not answer
     */
    public void publish(
            Instant now,
            Collection<String> members,
            Collection<String> active,
            Map<String, OffsetBounds> answers,
            ReadProgress before,
            Map<String, BatchPlan> plans,
            Function<String, Horizon> horizons) {
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(MIN_INTERVAL);
        List<DataPoint> all = new ArrayList<>(of(active, answers, before, plans));
        all.addAll(of(now, members, active, horizons));
        all.add(DataPoint.ofLake(Metric.DATA_CENTERS_FILE_UNUSABLE, isFileUsable ? 0 : 1));
        metrics.publish(now, all);
    }

    static List<DataPoint> of(
            Collection<String> active,
            Map<String, OffsetBounds> answers,
            ReadProgress before,
            Map<String, BatchPlan> plans) {
        List<DataPoint> all = new ArrayList<>();
        long lagOfAll = 0;
        double retentionOfAll = 0;
        long haltedOfAll = 0;
        long topicsOfAll = 0;
        for (String name : active) {
            OffsetBounds reach = answers.get(name);
            all.add(DataPoint.of(Metric.UNREACHABLE, name, reach == null ? 1 : 0));
            if (reach != null) {
                long lag = lag(name, reach, before);
                double retention = retentionUsed(reach, before);
                long topics = topicsHalted(reach, plans.getOrDefault(name, BatchPlan.NOTHING));
                all.add(DataPoint.of(Metric.LAG, name, lag));
                all.add(DataPoint.of(Metric.RETENTION_USED, name, retention));
                all.add(DataPoint.of(Metric.HALTED, name, Math.min(1, topics)));
                all.add(DataPoint.of(Metric.TOPICS_HALTED, name, topics));
                lagOfAll += lag;
                retentionOfAll = Math.max(retentionOfAll, retention);
                haltedOfAll += Math.min(1, topics);
                topicsOfAll += topics;
            }
        }
        all.add(DataPoint.ofLake(
                Metric.UNREACHABLE,
                active.stream().filter(name -> !answers.containsKey(name)).count()));
        all.add(DataPoint.ofLake(Metric.HALTED, haltedOfAll));
        all.add(DataPoint.ofLake(Metric.TOPICS_HALTED, topicsOfAll));
        all.add(DataPoint.ofLake(Metric.LAG, lagOfAll));
        all.add(DataPoint.ofLake(Metric.RETENTION_USED, retentionOfAll));
        return all;
    }

    /**
     * What is not known is not published; nor is a retention that never ends. Kafka deletes also what a pause leaves unread,
     * but that a paused data center falls behind is what somebody wanted.
     */
    static List<DataPoint> of(
            Instant now, Collection<String> members, Collection<String> active, Function<String, Horizon> horizons) {
        List<DataPoint> all = new ArrayList<>();
        OptionalDouble oldest = OptionalDouble.empty();
        OptionalDouble shortest = OptionalDouble.empty();
        for (String name : members) {
            Horizon horizon = horizons.apply(name);
            Optional<Double> age = horizon.validThrough()
                    .filter(time -> active.contains(name))
                    .map(time -> seconds(Duration.between(time, now)));
            Optional<Double> left =
                    horizon.retentionEnd().flatMap(end -> end.left(now)).map(LagMetrics::seconds);
            if (age.isPresent()) {
                all.add(DataPoint.of(Metric.VALID_THROUGH_AGE, name, age.get()));
                oldest = OptionalDouble.of(Math.max(age.get(), oldest.orElse(0)));
            }
            if (left.isPresent()) {
                all.add(DataPoint.of(Metric.RETENTION_LEFT, name, left.get()));
                shortest = OptionalDouble.of(Math.min(left.get(), shortest.orElse(Double.MAX_VALUE)));
            }
        }
        oldest.ifPresent(age -> all.add(DataPoint.ofLake(Metric.VALID_THROUGH_AGE, age)));
        shortest.ifPresent(left -> all.add(DataPoint.ofLake(Metric.RETENTION_LEFT, left)));
        return all;
    }

    private static double seconds(Duration time) {
        return Math.max(0, time.toMillis()) / 1000.0;
    }

    /** Topics that are halted, as a whole or in part. */
    private static long topicsHalted(OffsetBounds reach, BatchPlan plan) {
        Set<String> topics = plan.halts().stream().map(Halt::topic).collect(Collectors.toCollection(TreeSet::new));
        reach.unavailable().forEach(one -> topics.add(one.topic()));
        return topics.size();
    }

    /**
     * The lag: offsets up to the end of Kafka's log that are not in the lake. Records held back by an open transaction
     * count, and so do offsets without a record.
     */
    static long lag(String dataCenter, OffsetBounds reach, ReadProgress before) {
        long pending = before.pending().stream()
                .filter(range -> range.partition().dataCenter().equals(dataCenter))
                .mapToLong(range -> range.until() - range.from())
                .sum();
        return pending
                + reach.end().offsets().entrySet().stream()
                        .mapToLong(entry -> Math.max(
                                0,
                                entry.getValue()
                                        - before.positions()
                                                .of(entry.getKey())
                                                .or(() -> reach.start().of(entry.getKey()))
                                                .orElse(entry.getValue())))
                        .sum();
    }

    /**
     * The unread share of what a partition keeps, in percent; the worst partition counts. At 100 the next record that
     * Kafka deletes is unread.
     */
    static double retentionUsed(OffsetBounds reach, ReadProgress before) {
        return reach.end().offsets().entrySet().stream()
                .mapToDouble(entry -> {
                    long earliest = reach.earliest().of(entry.getKey()).orElse(0L);
                    long position = before.positions().of(entry.getKey()).orElse(entry.getValue());
                    long oldestUnread = before.pendingOf(entry.getKey()).stream()
                            .mapToLong(OffsetRange::from)
                            .reduce(position, Math::min);
                    long kept = entry.getValue() - earliest;
                    return kept <= 0 ? 0 : Math.min(100, Math.max(0, 100.0 * (entry.getValue() - oldestUnread) / kept));
                })
                .max()
                .orElse(0);
    }
}
