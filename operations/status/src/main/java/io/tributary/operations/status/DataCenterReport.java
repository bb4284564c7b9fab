package io.tributary.operations.status;

import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.status.RetentionEnd;
import io.tributary.lake.status.StreamStatus.DataCenterStatus;
import io.tributary.offsets.RangeStats;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * How one data center does. What is empty is not known.
 *
 * @param lag offsets up to the end of Kafka's log that are not in the lake
 * @param lagTime how old the newest record that was read is, while there is lag; zero without lag
 * @param rate records read in a second, over the last {@value #RATE_BATCHES} batches; 0 if none came in that time
 * @param median freshness of half of the rows of the last hour
 * @param p99 freshness of 99 % of the rows of the last hour
 * @param late share of the staged rows of the last hour that were late
 * @param duplicate share of the records read in the last hour
 * @param quarantined share of the records read in the last hour that are not passed over
 * @param erased records of erased events that were left out in the last hour
 * @param withoutEvent records that the configuration passed over in the last hour
 * @param castFailures values that did not fit their column for each record read in the last hour
 * @param retentionUsed unread share of what Kafka retains, of the worst partition
 * @param retentionEnd when Kafka may begin to delete what was not read, of the worst partition
 * @param since since when it is in this state, for a state of trouble
 * @param caughtUpIn if reading goes on as in the last batches
 * @param trouble what is wrong, in words
 */
public record DataCenterReport(
        DataCenterState state,
        OptionalLong lag,
        Optional<Duration> lagTime,
        OptionalDouble rate,
        Optional<Duration> median,
        Optional<Duration> p99,
        OptionalDouble late,
        OptionalDouble duplicate,
        OptionalDouble quarantined,
        OptionalLong erased,
        OptionalLong withoutEvent,
        OptionalDouble castFailures,
        OptionalDouble retentionUsed,
        Optional<RetentionEnd> retentionEnd,
        ValidThrough validThrough,
        Optional<Instant> since,
        Optional<Duration> caughtUpIn,
        List<String> trouble) {

    static final int RATE_BATCHES = 10;

    public DataCenterReport {
        trouble = List.copyOf(trouble);
    }

    /**
     * Folds the batches.
     *
     * @param tail the newest commits
     * @param watermark of the last merge
     * @param job whether the streaming job runs; if not, nobody knows what Kafka holds now
     */
    static DataCenterReport of(String name, LakeTail tail, Optional<Instant> watermark, StreamReport job) {
        boolean isCurrent = job.running() == StreamReport.Running.RUNNING;
        List<BatchMetadata> batches = tail.batches();
        List<Sighting> all =
                batches.stream().map(batch -> Sighting.of(name, batch)).toList();
        Optional<DataCenterStatus> said =
                tail.stream().map(status -> status.dataCenters().get(name));
        boolean isNewer = tail.stream()
                .filter(status -> batches.isEmpty()
                        || status.at().toEpochMilli()
                                >= batches.get(batches.size() - 1).committedAt())
                .isPresent();
        Optional<DataCenterStatus> told = said.filter(status -> isNewer || status.isPaused());
        DataCenterState state = DataCenterState.of(
                all, told, job.running() == StreamReport.Running.DOWN, job.hasCommittedLately(tail.now()));
        OptionalLong lag = isCurrent ? lag(all, told) : OptionalLong.empty();
        long hourAgo = tail.now().minus(LakeTailReader.WINDOW).toEpochMilli();
        List<Sighting> hour = all.stream()
                .filter(sighting -> sighting.committedAt() >= hourAgo)
                .toList();
        RangeStats read = hour.stream().map(Sighting::read).reduce(RangeStats.EMPTY, RangeStats::plus);
        Freshness freshness = new Freshness();
        batches.stream().filter(batch -> batch.committedAt() >= hourAgo).forEach(batch -> add(freshness, name, batch));
        return new DataCenterReport(
                state,
                lag,
                lagTime(name, batches, lag, tail.now()),
                rate(all, tail.now()),
                freshness.quantile(0.5),
                freshness.quantile(0.99),
                late(hour),
                share(read.duplicate(), read.read()),
                share(read.quarantined(), read.read() - read.withoutEvent()),
                hour.isEmpty() ? OptionalLong.empty() : OptionalLong.of(read.erased()),
                hour.isEmpty() ? OptionalLong.empty() : OptionalLong.of(read.withoutEvent()),
                share(read.castFailures(), read.read()),
                said.filter(status -> isCurrent)
                        .map(DataCenterStatus::retentionUsed)
                        .filter(OptionalDouble::isPresent)
                        .map(percent -> OptionalDouble.of(percent.getAsDouble() / 100))
                        .orElse(OptionalDouble.empty()),
                said.flatMap(status -> status.horizon().retentionEnd()),
                ValidThrough.of(name, batches, watermark, tail.stream()),
                since(state, all, said),
                caughtUpIn(state, all),
                trouble(name, state, batches, said));
    }

    static void add(Freshness freshness, String name, BatchMetadata batch) {
        batch.flow().appended().forEach((partition, appended) -> {
            if (partition.dataCenter().equals(name)) {
                freshness.add(Instant.ofEpochMilli(batch.committedAt()), appended);
            }
        });
    }

    private static OptionalLong lag(List<Sighting> all, Optional<DataCenterStatus> told) {
        if (told.isPresent()) {
            return told.get().lag();
        }
        return all.isEmpty() ? OptionalLong.empty() : all.get(all.size() - 1).lag();
    }

    private static Optional<Duration> lagTime(String name, List<BatchMetadata> batches, OptionalLong lag, Instant now) {
        if (lag.isEmpty() || lag.getAsLong() == 0) {
            return lag.isEmpty() ? Optional.empty() : Optional.of(Duration.ZERO);
        }
        return batches.stream()
                .map(batch -> batch.flow().appended().entrySet().stream()
                        .filter(entry -> entry.getKey().dataCenter().equals(name))
                        .mapToLong(entry -> entry.getValue().latest())
                        .max())
                .filter(OptionalLong::isPresent)
                .reduce((first, second) -> second)
                .map(latest -> Duration.between(Instant.ofEpochMilli(latest.getAsLong()), now));
    }

    private static OptionalDouble rate(List<Sighting> all, Instant now) {
        List<Sighting> window = DataCenterState.newest(all, RATE_BATCHES + 1);
        if (window.size() < 2) {
            return OptionalDouble.empty();
        }
        long begin = window.get(0).committedAt();
        long end = window.get(window.size() - 1).committedAt();
        long quiet = now.toEpochMilli() - end;
        if (quiet > end - begin) {
            return OptionalDouble.of(0);
        }
        long read = window.stream()
                .skip(1)
                .mapToLong(sighting -> sighting.read().read())
                .sum();
        return OptionalDouble.of(1000.0 * read / Math.max(1, end - begin));
    }

    private static OptionalDouble late(List<Sighting> hour) {
        long staged = hour.stream()
                .filter(sighting -> sighting.late().isPresent())
                .mapToLong(sighting -> sighting.read().staged())
                .sum();
        return share(
                hour.stream().mapToLong(sighting -> sighting.late().orElse(0)).sum(), staged);
    }

    private static OptionalDouble share(long part, long whole) {
        return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / whole);
    }

    /** Since when nothing of it comes in. */
    private static Optional<Instant> since(DataCenterState state, List<Sighting> all, Optional<DataCenterStatus> said) {
        if (!state.isTrouble()) {
            return Optional.empty();
        }
        Optional<Instant> unreachable = said.flatMap(DataCenterStatus::unreachableSince);
        if (state == DataCenterState.SILENT && unreachable.isPresent()) {
            return unreachable;
        }
        Stream<Sighting> good = all.stream()
                .filter(sighting -> state == DataCenterState.SILENT ? sighting.hasAnswered() : sighting.moved() > 0);
        return good.reduce((first, second) -> second).map(sighting -> Instant.ofEpochMilli(sighting.committedAt()));
    }

    private static Optional<Duration> caughtUpIn(DataCenterState state, List<Sighting> all) {
        List<Sighting> known = DataCenterState.newest(all, DataCenterState.WINDOW).stream()
                .filter(sighting -> sighting.lag().isPresent())
                .toList();
        if (state != DataCenterState.CATCHING_UP || known.size() < 2) {
            return Optional.empty();
        }
        Sighting first = known.get(0);
        Sighting last = known.get(known.size() - 1);
        double fallen = first.lag().getAsLong() - last.lag().getAsLong();
        double millis = last.committedAt() - first.committedAt();
        return fallen <= 0
                ? Optional.empty()
                : Optional.of(Duration.ofMillis((long) (last.lag().getAsLong() * millis / fallen)));
    }

    private static List<String> trouble(
            String name, DataCenterState state, List<BatchMetadata> batches, Optional<DataCenterStatus> said) {
        List<String> now = said.map(DataCenterStatus::trouble).orElse(List.of());
        if (!now.isEmpty() || !state.isTrouble()) {
            return now;
        }
        // What went wrong last when its ranges were read.
        return batches.stream()
                .flatMap(batch -> batch.readErrors().entrySet().stream())
                .filter(entry -> entry.getKey().dataCenter().equals(name))
                .reduce((first, second) -> second)
                .map(entry -> List.of("last read error, of " + entry.getKey() + ": " + entry.getValue()))
                .orElse(List.of());
    }
}
