package io.tributary.ingest.source;

import io.tributary.account.BatchAccount;
import io.tributary.account.Frontier;
import io.tributary.account.OffsetRange;
import io.tributary.account.PartitionId;
import io.tributary.account.Positions;
import io.tributary.config.DataCenter;
import io.tributary.metrics.Metrics;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.connector.read.streaming.Offset;
import org.apache.spark.sql.connector.read.streaming.ReadLimit;
import org.apache.spark.sql.connector.read.streaming.SupportsAdmissionControl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The micro-batch stream over all data centres.
 *
 * <pre>
 *  latestOffset         membership ─► inquiries ─► a plan a data centre ─► end offset ─► Spark's log
 *  planInputPartitions  start offset, end offset, deferrals ─► what each task reads
 * </pre>
 *
 * What a batch reads is decided once, in {@link #latestOffset}, and written by Spark into its log before the batch
 * begins; {@link #planInputPartitions} only follows it, without a look at the network, so a batch that is planned or run
 * again reads the same. Only a deferral, which is decided while the query stands still, takes a range out of it.
 */
final class DataCentersStream implements MicroBatchStream, SupportsAdmissionControl {

    private static final Logger LOG = LoggerFactory.getLogger(DataCentersStream.class);

    private final SourceOptions options;
    private final Membership membership;
    private final DataCenterMemory memory;
    private final Deferrals deferrals;
    private final Inquiries inquiries;
    private final Reads reads;
    private final Accounts accounts;
    private final ReadingSpeed speed;
    private final Metrics metrics;
    private final StandingMetrics standings;
    private final Clock clock;
    private final ClockCheck clockCheck;
    private final Map<String, List<Gap>> stopped = new HashMap<>();
    private Handout handout;

    /** The newest account in the lake's log: what the last batch really carried, and how fast. */
    @FunctionalInterface
    interface Accounts {
        Optional<BatchAccount> newest();
    }

    /** Plans the reading of a range, without a look at the network. */
    interface Reads extends AutoCloseable {

        RangeRead plan(DataCenter center, OffsetRange range);

        @Override
        void close();
    }

    /** Which ranges the batch planned at that time goes without. */
    private record Handout(long arrival, Predicate<OffsetRange> isDeferred) {}

    DataCentersStream(
            SourceOptions options,
            Membership membership,
            DataCenterMemory memory,
            Deferrals deferrals,
            Inquiries inquiries,
            Reads reads,
            Accounts accounts,
            Metrics metrics,
            Clock clock) {
        this.options = options;
        this.membership = membership;
        this.memory = memory;
        this.deferrals = deferrals;
        this.inquiries = inquiries;
        this.reads = reads;
        this.accounts = accounts;
        this.speed = new ReadingSpeed(
                options.maxRecords(), options.readingTarget(), name -> deferrals.recent(name, clock.instant()));
        this.metrics = metrics;
        this.standings = new StandingMetrics(metrics);
        this.clock = clock;
        this.clockCheck = new ClockCheck(options.clockTolerance());
    }

    @Override
    public Offset initialOffset() {
        return SourceOffset.startingAt(options.arrivalFloor(), options.resume());
    }

    @Override
    public ReadLimit getDefaultReadLimit() {
        return ReadLimit.maxRows(options.maxRecords());
    }

    @Override
    public Offset latestOffset() {
        throw new UnsupportedOperationException(
                "Spark asks a source with admission control by latestOffset(start, limit)");
    }

    @Override
    public Offset latestOffset(Offset start, ReadLimit limit) {
        SourceOffset from = (SourceOffset) start;
        if (clockCheck.isBehind(clock.millis(), from.arrival())) {
            return from;
        }
        Optional<BatchAccount> newest = accounts.newest();
        newest.ifPresent(speed::learn);
        // Spark's log says what the last batch was to carry, the lake's what it did.
        Frontier before = newest.filter(account -> account.arrival() == from.arrival())
                .map(BatchAccount::frontier)
                .orElse(from.frontier());

        Map<String, DataCenter> wanted = wanted();
        Map<String, DataCenter> active = rested(wanted);
        SortedMap<PartitionId, Long> begun = new TreeMap<>();
        SortedSet<OffsetRange> read = new TreeSet<>();
        SortedSet<OffsetRange> lost = new TreeSet<>();
        SortedSet<String> standingStill = new TreeSet<>();
        SortedMap<String, Reach> answers = ask(active);
        for (Map.Entry<String, Reach> answer : answers.entrySet()) {
            String name = answer.getKey();
            GivenUp givenUp = new GivenUp(active.get(name).acceptedGaps());
            BatchPlan plan = BatchPlan.of(name, before, answer.getValue(), speed.shareOf(name), givenUp);
            report(name, plan);
            if (!plan.gaps().isEmpty()) {
                standingStill.add(name);
            }
            begun.putAll(plan.begun().offsets());
            read.addAll(plan.read());
            lost.addAll(plan.lost());
        }
        standings.note(membership.isFileUsable());
        standings.publish(clock.instant(), wanted.keySet(), answers, before, standingStill);
        if (begun.isEmpty() && read.isEmpty() && lost.isEmpty()) {
            // The same offset to the letter, or Spark would run a batch without data.
            return from;
        }
        active.values().forEach(memory::remember);
        SortedSet<OffsetRange> again = new TreeSet<>(read);
        again.removeIf(range -> before.positions().of(range.partition()).orElse(0L) == range.from());
        List<OffsetRange> taken = new ArrayList<>(read);
        taken.addAll(lost);
        Frontier after = before.advance(new Positions(begun), taken, List.of());
        return new SourceOffset(Math.max(from.arrival() + 1, clock.millis()), after, again, lost);
    }

    /** Those that are to be read. */
    private Map<String, DataCenter> wanted() {
        return membership.now().all().stream()
                .filter(center -> center.state() == DataCenter.State.ACTIVE)
                .collect(Collectors.toMap(DataCenter::name, center -> center));
    }

    /** Those that take part now: the ones that do not rest after a deferral. */
    private Map<String, DataCenter> rested(Map<String, DataCenter> wanted) {
        Instant now = clock.instant();
        return wanted.values().stream()
                .filter(center -> !now.isBefore(deferrals.restUntil(center.name(), now)))
                .collect(Collectors.toMap(DataCenter::name, center -> center));
    }

    private SortedMap<String, Reach> ask(Map<String, DataCenter> active) {
        try {
            return inquiries.ask(List.copyOf(active.values()), options.askDeadline());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            // Spark takes this, and no other wrapping, for the query being stopped.
            InterruptedIOException stopped = new InterruptedIOException("interrupted while asking the data centres");
            stopped.initCause(e);
            throw new UncheckedIOException(stopped);
        }
    }

    private void report(String dataCenter, BatchPlan plan) {
        List<Gap> known = stopped.put(dataCenter, plan.gaps());
        if (!plan.gaps().isEmpty() && !plan.gaps().equals(known)) {
            LOG.error(
                    "ingest[dc={}]: stopped, the other data centres go on: {}. Nothing is skipped by itself.",
                    dataCenter,
                    plan.gaps().stream().map(Gap::words).collect(Collectors.joining("; ")));
        }
        plan.lost()
                .forEach(range -> LOG.warn(
                        "ingest[dc={}]: goes on without {}, which Kafka no longer has and accept_gaps gives up",
                        dataCenter,
                        range));
    }

    @Override
    public Offset deserializeOffset(String json) {
        return SourceOffset.parse(json);
    }

    @Override
    public InputPartition[] planInputPartitions(Offset start, Offset end) {
        Positions from = ((SourceOffset) start).positions();
        SourceOffset until = (SourceOffset) end;
        List<RangeRead> ranges = new ArrayList<>();
        for (Map.Entry<PartitionId, Long> entry : until.positions().offsets().entrySet()) {
            PartitionId partition = entry.getKey();
            Optional<Long> position = from.of(partition);
            if (position.isEmpty()) {
                ranges.add(RangeRead.firstPosition(partition, entry.getValue()));
            } else if (position.get() < entry.getValue()) {
                OffsetRange range = new OffsetRange(partition, position.get(), entry.getValue());
                if (!until.lost().contains(range)) {
                    ranges.add(read(range, until.arrival()));
                }
            }
        }
        until.again().forEach(range -> ranges.add(read(range, until.arrival())));
        until.lost().forEach(range -> ranges.add(RangeRead.without(range, RangeKind.LOST)));
        return RangePartition.pack(ranges, until.arrival()).toArray(new InputPartition[0]);
    }

    private RangeRead read(OffsetRange range, long arrival) {
        if (handout(arrival).isDeferred().test(range)) {
            return RangeRead.without(range, RangeKind.DEFERRED);
        }
        try {
            return reads.plan(memory.recall(range.partition().dataCenter()), range);
        } catch (RuntimeException e) {
            throw new UncheckedIOException(new UnreadableRangeException(range, arrival, e));
        }
    }

    /**
     * Decided once a batch, however often Spark plans it. If the batch is in the lake already, be it by another driver,
     * the state has to take in what the lake did, no more and no less: a later copy of what it lacks would be staged
     * anew, and what it has too much would be taken for a copy once it is handed out.
     */
    private Handout handout(long arrival) {
        if (handout == null || handout.arrival() != arrival) {
            Set<String> without = deferrals.of(arrival);
            handout = accounts.newest()
                    .filter(account -> account.arrival() == arrival)
                    .map(account -> new Handout(arrival, account.deferred()::contains))
                    .orElseGet(() -> new Handout(
                            arrival, range -> without.contains(range.partition().dataCenter())));
        }
        return handout;
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
        return new RangeReaderFactory();
    }

    @Override
    public void commit(Offset end) {
        // Positions live in Spark's log and in the lake's; Kafka is told nothing.
    }

    @Override
    public void stop() {
        inquiries.close();
        reads.close();
        metrics.close();
    }
}
