package io.tributary.ingest.plan;

import io.tributary.config.DataCenter;
import io.tributary.config.DataCenters;
import io.tributary.ingest.discovery.OffsetBounds;
import io.tributary.ingest.discovery.OffsetFetcher.Silence;
import io.tributary.ingest.discovery.Unavailable;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.status.Horizon;
import io.tributary.lake.status.StreamStatus;
import io.tributary.lake.status.StreamStatus.DataCenterStatus;
import io.tributary.offsets.ReadProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Takes down how the data centers do, for whoever asks: what each planned batch leaves unread, for its commit metadata;
 * and at triggers, also while there is nothing to read, the status of the source. Nothing that is exact depends on it.
 */
public final class FlowReport {

    /** Triggers may come faster than the status is needed. */
    private static final Duration MIN_INTERVAL = Duration.ofSeconds(15);

    private final Duration interval;
    private final Consumer<StreamStatus> file;
    private final Horizons horizons;
    private Instant next = Instant.MIN;
    private volatile Planned newest = new Planned(-1, new TreeMap<>());

    /** What the batch that was planned last leaves unread. */
    private record Planned(long plannedAt, SortedMap<String, Long> lag) {}

    /**
     * @param interval between two triggers
     * @param last what an earlier run of the job told
     * @param file takes the status, at most every 15 s; must not block
     */
    public FlowReport(Duration interval, Optional<StreamStatus> last, Consumer<StreamStatus> file) {
        this.interval = interval;
        this.file = file;
        this.horizons = new Horizons(last);
    }

    /** A report that nobody reads. */
    public static FlowReport untold() {
        return new FlowReport(Duration.ZERO, Optional.empty(), status -> {});
    }

    /**
     * What is known at a trigger.
     *
     * @param inForce all data centers
     * @param isFileUsable whether the data-centers file could be used
     * @param answers of those that answered
     * @param silences of those that do not
     * @param before positions and pending ranges before the batch: what is in the lake
     * @param plans of those that are read now
     */
    public record Trigger(
            Instant at,
            DataCenters inForce,
            boolean isFileUsable,
            Map<String, OffsetBounds> answers,
            Map<String, Silence> silences,
            ReadProgress before,
            Map<String, BatchPlan> plans) {}

    /** Learns from the newest batch in the lake. */
    public void note(BatchMetadata newest) {
        horizons.note(newest);
    }

    /** Up to when a data center is queryable and safe, as of the last trigger. */
    public Horizon horizon(String dataCenter) {
        return horizons.of(dataCenter);
    }

    /** Learns from a trigger, and writes the status, unless it was written recently. */
    public void tell(Trigger trigger) {
        trigger.answers().forEach((name, reach) -> horizons.note(name, trigger.at(), reach, trigger.before()));
        if (!trigger.at().isBefore(next)) {
            next = trigger.at().plus(MIN_INTERVAL);
            file.accept(status(trigger));
        }
    }

    private StreamStatus status(Trigger trigger) {
        SortedMap<String, DataCenterStatus> all = new TreeMap<>();
        for (DataCenter center : trigger.inForce().all()) {
            all.put(
                    center.name(),
                    isPaused(center, trigger)
                            ? DataCenterStatus.paused(horizons.of(center.name()))
                            : Optional.ofNullable(trigger.answers().get(center.name()))
                                    .map(reach -> answered(center.name(), reach, trigger))
                                    .orElseGet(() -> silent(center.name(), trigger)));
        }
        return new StreamStatus(trigger.at(), interval, trigger.isFileUsable(), all);
    }

    /** A pause may end by itself; then the data center was asked. */
    private static boolean isPaused(DataCenter center, Trigger trigger) {
        return center.state() == DataCenter.State.PAUSED
                && !trigger.answers().containsKey(center.name())
                && !trigger.silences().containsKey(center.name());
    }

    private DataCenterStatus answered(String name, OffsetBounds reach, Trigger trigger) {
        List<String> trouble = new ArrayList<>();
        List<Halt> halts = trigger.plans().getOrDefault(name, BatchPlan.NOTHING).halts();
        halts.forEach(stop -> trouble.add("halted: " + stop.describe()));
        reach.unavailable().stream().map(Unavailable::describe).forEach(trouble::add);
        return new DataCenterStatus(
                false,
                reach.isWhole() ? OptionalLong.of(LagMetrics.lag(name, reach, trigger.before())) : OptionalLong.empty(),
                OptionalDouble.of(LagMetrics.retentionUsed(reach, trigger.before())),
                horizons.of(name),
                Optional.empty(),
                trouble,
                halts.stream()
                        .filter(BreakerTrip.class::isInstance)
                        .map(halt -> ((BreakerTrip) halt).acceptance())
                        .findFirst());
    }

    private DataCenterStatus silent(String name, Trigger trigger) {
        Silence silence =
                trigger.silences().getOrDefault(name, new Silence(trigger.at(), "no answer within the deadline"));
        return DataCenterStatus.unreachable(horizons.of(name), silence.since(), silence.cause());
    }

    /**
     * Takes down what a batch leaves unread.
     *
     * @param answers by which it was planned
     * @param after the read progress if everything that is planned can be read
     */
    public void planned(long plannedAt, SortedMap<String, OffsetBounds> answers, ReadProgress after) {
        SortedMap<String, Long> lag = new TreeMap<>();
        answers.forEach((name, reach) -> {
            if (reach.isWhole()) {
                lag.put(name, LagMetrics.lag(name, reach, after));
            }
        });
        newest = new Planned(plannedAt, lag);
    }

    /**
     * What a batch as planned leaves unread, in offsets, for each data center that answered with all its partitions; empty for
     * a batch that was planned by another process.
     */
    public SortedMap<String, Long> lagOf(long plannedAt) {
        Planned planned = newest;
        return planned.plannedAt() == plannedAt ? planned.lag() : new TreeMap<>();
    }
}
