package io.tributary.ingest.source;

import io.tributary.account.BatchAccount;
import io.tributary.account.Frontier;
import io.tributary.account.OffsetRange;
import io.tributary.config.DataCenter;
import io.tributary.metrics.Metrics;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.connector.read.streaming.Offset;
import org.apache.spark.sql.connector.read.streaming.ReadLimit;
import org.apache.spark.sql.connector.read.streaming.SupportsAdmissionControl;

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
 * again is to read the same. What of it cannot be read is deferred by the task that finds out; the account in the lake
 * says what the batch really carried, and a batch that is in the lake already follows its account.
 */
final class DataCentersStream implements MicroBatchStream, SupportsAdmissionControl {

    private final SourceOptions options;
    private final Membership membership;
    private final DataCenterMemory memory;
    private final Inquiries inquiries;
    private final Reads reads;
    private final Accounts accounts;
    private final ReadingSpeed speed;
    private final ReadBackoff backoff = new ReadBackoff();
    private final int parallelism;
    private final Metrics metrics;
    private final StandingMetrics standings;
    private final Clock clock;
    private final ClockCheck clockCheck;
    private final StandingReport report;
    private Plan plan;

    /** The newest account in the lake's log: what the last batch really carried, and how fast. */
    @FunctionalInterface
    interface Accounts {
        Optional<BatchAccount> newest();
    }

    /** Knows how a data center is read, without a look at its network. */
    @FunctionalInterface
    interface Reads {

        /** @throws RuntimeException if the options cannot be resolved; the message names no secret */
        ConsumerOptions consumerOf(DataCenter center);
    }

    /** What the tasks of a batch read, decided once. */
    private record Plan(long arrival, List<InputPartition> tasks) {}

    DataCentersStream(
            SourceOptions options,
            Membership membership,
            DataCenterMemory memory,
            Inquiries inquiries,
            Reads reads,
            Accounts accounts,
            Metrics metrics,
            int parallelism,
            Clock clock) {
        this.options = options;
        this.membership = membership;
        this.memory = memory;
        this.inquiries = inquiries;
        this.reads = reads;
        this.accounts = accounts;
        this.speed = new ReadingSpeed(options.maxRecords(), options.readingTarget());
        this.parallelism = parallelism;
        this.metrics = metrics;
        this.standings = new StandingMetrics(metrics);
        this.report = new StandingReport(clock);
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
        newest.ifPresent(account -> {
            speed.learn(account);
            backoff.learn(account, clock.instant());
        });
        // Spark's log says what the last batch was to carry, the lake's what it did.
        Frontier before = newest.filter(account -> account.arrival() == from.arrival())
                .map(BatchAccount::frontier)
                .orElse(from.frontier());

        Map<String, DataCenter> wanted = wanted();
        SortedMap<String, Reach> answers = ask(wanted, before);
        SortedMap<String, BatchPlan> plans = new TreeMap<>();
        answers.forEach((name, reach) -> plans.put(
                name, BatchPlanner.plan(name, before, reach, speed.shareOf(name), Acceptances.of(wanted.get(name)))));
        report.tell(answers, plans);
        standings.note(membership.isFileUsable());
        standings.publish(clock.instant(), wanted.keySet(), answers, before, plans);
        BatchPlan batch =
                BatchPlan.all(plans.values()).without(range -> backoff.isResting(range.partition(), clock.instant()));
        if (batch.isEmpty()) {
            // The same offset to the letter, or Spark would run a batch without data.
            return from;
        }
        report.tellChanges(before, batch);
        wanted.values().forEach(memory::remember);
        SortedSet<OffsetRange> again = new TreeSet<>(batch.read());
        again.removeIf(range -> before.positions().of(range.partition()).orElse(0L) == range.from());
        return new SourceOffset(
                Math.max(from.arrival() + 1, clock.millis()),
                before.after(batch.progress()),
                again,
                batch.lost(),
                batch.expired());
    }

    /** Those that are to be read. */
    private Map<String, DataCenter> wanted() {
        return membership.now().all().stream()
                .filter(center -> center.state() == DataCenter.State.ACTIVE)
                .collect(Collectors.toMap(DataCenter::name, center -> center));
    }

    private SortedMap<String, Reach> ask(Map<String, DataCenter> wanted, Frontier known) {
        try {
            return inquiries.ask(List.copyOf(wanted.values()), known, options.askDeadline());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            // Spark takes this, and no other wrapping, for the query being stopped.
            InterruptedIOException stopped = new InterruptedIOException("interrupted while asking the data centres");
            stopped.initCause(e);
            throw new UncheckedIOException(stopped);
        }
    }

    @Override
    public Offset deserializeOffset(String json) {
        return SourceOffset.parse(json);
    }

    /** Decided once a batch, however often Spark asks. */
    @Override
    public InputPartition[] planInputPartitions(Offset start, Offset end) {
        SourceOffset until = (SourceOffset) end;
        if (plan == null || plan.arrival() != until.arrival()) {
            plan = new Plan(
                    until.arrival(),
                    accounts.newest()
                            .filter(account -> account.arrival() == until.arrival())
                            .map(account -> tasks(ReadPlanner.committed(account), until.arrival(), true))
                            .orElseGet(() ->
                                    tasks(ReadPlanner.planned((SourceOffset) start, until), until.arrival(), false)));
        }
        return plan.tasks().toArray(new InputPartition[0]);
    }

    /** @param isCommitted whether the batch is in the lake already and has to be read as it is there */
    private List<InputPartition> tasks(List<RangeRead> ranges, long arrival, boolean isCommitted) {
        Map<String, ConsumerOptions> consumers = new HashMap<>();
        List<RangeRead> readable = new ArrayList<>();
        for (RangeRead range : ranges) {
            if (range.hasRecords() && !consumers.containsKey(range.dataCenter())) {
                try {
                    consumers.put(range.dataCenter(), reads.consumerOf(memory.recall(range.dataCenter())));
                } catch (RuntimeException e) {
                    if (isCommitted) {
                        throw new UncheckedIOException(
                                new UnreadableRangeException(range.offsets(), arrival, ReadErrors.words(e)));
                    }
                    readable.add(RangeRead.without(range.offsets(), RangeKind.DEFERRED, ReadErrors.words(e)));
                    continue;
                }
            }
            readable.add(range);
        }
        List<List<RangeRead>> packed = RangePartition.pack(readable);
        Map<String, Long> tasks = packed.stream()
                .collect(Collectors.groupingBy(task -> task.get(0).dataCenter(), Collectors.counting()));
        return packed.stream()
                .<InputPartition>map(task -> {
                    String name = task.get(0).dataCenter();
                    ReadLimits limits = isCommitted
                            ? ReadLimits.OF_COMMITTED
                            : ReadLimits.of(
                                    options.readingTarget(), tasks.get(name).intValue(), parallelism);
                    return new RangePartition(task, arrival, consumers.get(name), limits);
                })
                .toList();
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
        ConsumerPool.OF_PROCESS.clear();
        metrics.close();
    }
}
