package io.tributary.ingest.source;

import io.tributary.account.Frontier;
import io.tributary.account.OffsetRange;
import io.tributary.account.PartitionId;
import io.tributary.account.Positions;
import io.tributary.config.DataCenter;
import java.time.Clock;
import java.time.Instant;
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
    private final KafkaReads reads;
    private final Accounts accounts;
    private final ReadingSpeed speed;
    private final Clock clock;
    private final Map<String, Gap> stopped = new HashMap<>();

    /** The newest account in the lake's log, for what it tells about the speed of reading. */
    @FunctionalInterface
    interface Accounts {
        Optional<io.tributary.account.BatchAccount> newest();
    }

    DataCentersStream(
            SourceOptions options,
            Membership membership,
            DataCenterMemory memory,
            Deferrals deferrals,
            Inquiries inquiries,
            KafkaReads reads,
            Accounts accounts,
            Clock clock) {
        this.options = options;
        this.membership = membership;
        this.memory = memory;
        this.deferrals = deferrals;
        this.inquiries = inquiries;
        this.reads = reads;
        this.accounts = accounts;
        this.speed = new ReadingSpeed(options.maxRecords(), options.readingTarget());
        this.clock = clock;
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
        Frontier before = from.frontier().withWaiting(deferrals.of(from.arrival()));
        accounts.newest().ifPresent(speed::learn);

        Map<String, DataCenter> active = active();
        SortedMap<PartitionId, Long> begun = new TreeMap<>();
        SortedSet<OffsetRange> read = new TreeSet<>();
        SortedSet<OffsetRange> lost = new TreeSet<>();
        for (Map.Entry<String, Reach> answer : ask(active).entrySet()) {
            String name = answer.getKey();
            GivenUp givenUp = new GivenUp(active.get(name).acceptedGaps());
            BatchPlan plan = BatchPlan.of(name, before, answer.getValue(), speed.shareOf(name), givenUp);
            report(name, plan.gap());
            begun.putAll(plan.begun().offsets());
            read.addAll(plan.read());
            lost.addAll(plan.lost());
        }
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

    /** Those that take part now: active, and not resting after a deferral. */
    private Map<String, DataCenter> active() {
        Instant now = clock.instant();
        return membership.now().all().stream()
                .filter(center -> center.state() == DataCenter.State.ACTIVE)
                .filter(center -> !now.isBefore(deferrals.restUntil(center.name(), now)))
                .collect(Collectors.toMap(DataCenter::name, center -> center));
    }

    private SortedMap<String, Reach> ask(Map<String, DataCenter> active) {
        try {
            return inquiries.ask(List.copyOf(active.values()), options.askDeadline());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking the data centres", e);
        }
    }

    private void report(String dataCenter, Optional<Gap> gap) {
        Gap known = gap.isPresent() ? stopped.put(dataCenter, gap.get()) : stopped.remove(dataCenter);
        if (gap.isPresent() && !gap.get().equals(known)) {
            LOG.error(
                    "ingest[dc={}]: stopped, the other data centres go on: {}. Nothing is skipped by itself.",
                    dataCenter,
                    gap.get().words());
        }
    }

    @Override
    public Offset deserializeOffset(String json) {
        return SourceOffset.parse(json);
    }

    @Override
    public InputPartition[] planInputPartitions(Offset start, Offset end) {
        Positions from = ((SourceOffset) start).positions();
        SourceOffset until = (SourceOffset) end;
        SortedSet<OffsetRange> deferred = deferrals.of(until.arrival());
        List<RangeRead> ranges = new ArrayList<>();
        for (Map.Entry<PartitionId, Long> entry : until.positions().offsets().entrySet()) {
            PartitionId partition = entry.getKey();
            Optional<Long> position = from.of(partition);
            if (position.isEmpty()) {
                ranges.add(RangeRead.firstPosition(partition, entry.getValue()));
            } else if (position.get() < entry.getValue()) {
                OffsetRange range = new OffsetRange(partition, position.get(), entry.getValue());
                if (!until.lost().contains(range)) {
                    ranges.add(read(range, deferred));
                }
            }
        }
        until.again().forEach(range -> ranges.add(read(range, deferred)));
        until.lost().forEach(range -> ranges.add(RangeRead.without(range, RangeKind.LOST)));
        return RangePartition.pack(ranges, until.arrival()).toArray(new InputPartition[0]);
    }

    private RangeRead read(OffsetRange range, SortedSet<OffsetRange> deferred) {
        return deferred.contains(range)
                ? RangeRead.without(range, RangeKind.DEFERRED)
                : reads.plan(memory.recall(range.partition().dataCenter()), range);
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
    }
}
