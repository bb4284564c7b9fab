package io.tributary.ingest.plan;

import io.tributary.ingest.discovery.OffsetBounds;
import io.tributary.ingest.discovery.TopicRetention;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.WithoutReplays;
import io.tributary.lake.status.Horizon;
import io.tributary.lake.status.RetentionEnd;
import io.tributary.lake.status.StreamStatus;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicPartitionId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Follows up to when each data center is queryable, and when Kafka may delete what is unread of it. One that does not answer
 * or is paused keeps both: the end of its retention comes nearer. Nothing that is exact depends on it. Not thread-safe.
 */
final class Horizons {

    private final Map<String, Horizon> horizons = new HashMap<>();
    private final Map<TopicPartitionId, OldestUnread> unread = new HashMap<>();
    /** The ends that were known last, before which nothing of partitions that were read then is deleted. */
    private final Map<String, RetentionEnd> known = new HashMap<>();

    /** @param last what an earlier run wrote, so that a restart forgets nothing */
    Horizons(Optional<StreamStatus> last) {
        last.ifPresent(status -> status.dataCenters().forEach((name, center) -> {
            horizons.put(name, center.horizon());
            center.horizon().retentionEnd().ifPresent(end -> known.put(name, end));
        }));
    }

    /** Learns from the newest batch in the lake. */
    void note(BatchMetadata newest) {
        newest.flow().lag().keySet().stream()
                .filter(name -> WithoutReplays.isAll(name, newest))
                .forEach(name -> validThrough(name, Instant.ofEpochMilli(newest.plannedAt())));
        newest.flow().appended().forEach((partition, times) -> unread(partition)
                .read(Instant.ofEpochMilli(times.median())));
    }

    /**
     * Learns from a trigger.
     *
     * @param reach what the data center answered
     * @param before positions and pending ranges: what is in the lake
     */
    void note(String name, Instant now, OffsetBounds reach, ReadProgress before) {
        if (reach.isWhole() && LagMetrics.lag(name, reach, before) == 0) {
            validThrough(name, now);
        }
        Optional<RetentionEnd> end = reach.isWhole() ? retentionEnd(name, now, reach, before) : of(name).retentionEnd();
        end.ifPresent(time -> known.put(name, time));
        horizons.put(name, new Horizon(of(name).validThrough(), end));
    }

    /** Of the worst partition. */
    private Optional<RetentionEnd> retentionEnd(String name, Instant now, OffsetBounds reach, ReadProgress before) {
        Optional<RetentionEnd> worst = Optional.of(RetentionEnd.NEVER);
        for (Map.Entry<TopicPartitionId, Long> end : reach.end().offsets().entrySet()) {
            Optional<RetentionEnd> one = retentionEnd(name, end.getKey(), end.getValue(), now, reach, before);
            worst = worst.flatMap(earliest -> one.map(other -> earlier(earliest, other)));
        }
        return worst;
    }

    Horizon of(String name) {
        return horizons.getOrDefault(name, Horizon.UNKNOWN);
    }

    private void validThrough(String name, Instant time) {
        Horizon known = of(name);
        if (known.validThrough().filter(time::isBefore).isEmpty()) {
            horizons.put(name, new Horizon(Optional.of(time), known.retentionEnd()));
        }
    }

    private OldestUnread unread(TopicPartitionId partition) {
        return unread.computeIfAbsent(partition, id -> new OldestUnread());
    }

    private Optional<RetentionEnd> retentionEnd(
            String name, TopicPartitionId partition, long end, Instant now, OffsetBounds reach, ReadProgress before) {
        Optional<Long> read = before.positions().of(partition);
        long position = read.or(() -> reach.start().of(partition)).orElse(end);
        long next = before.pendingOf(partition).stream()
                .mapToLong(OffsetRange::from)
                .reduce(position, Math::min);
        OldestUnread watched = unread(partition);
        Optional<Instant> since = watched.at(now, next, end, next < position);
        TopicRetention retention = reach.retentions().get(partition.topic());
        if (retention == null) {
            return Optional.empty();
        }
        Optional<RetentionEnd> byTime = retention.time().isEmpty()
                ? Optional.of(RetentionEnd.NEVER)
                : since.map(time -> RetentionEnd.at(time.plus(retention.time().orElseThrow())))
                        .or(() -> read.flatMap(offset -> Optional.ofNullable(known.get(name))));
        long earliest = reach.earliest().of(partition).orElse(0L);
        if (retention.bytes().isEmpty() || earliest == 0) {
            // Until Kafka has deleted something, its size may be far from the limit.
            return byTime;
        }
        OptionalDouble rate = watched.rate(now);
        return rate.isEmpty()
                ? Optional.empty()
                : byTime.map(time -> earlier(time, bySize(now, next - earliest, rate.getAsDouble())));
    }

    /** A log at its limit loses as many offsets as come. */
    private static RetentionEnd bySize(Instant now, long offsets, double rate) {
        return rate <= 0
                ? RetentionEnd.NEVER
                : RetentionEnd.at(now.plus(Duration.ofSeconds((long) Math.max(0, offsets / rate))));
    }

    private static RetentionEnd earlier(RetentionEnd one, RetentionEnd other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
