package io.tributary.ingest.source;

import io.tributary.config.DataCenter;
import io.tributary.ingest.discovery.OffsetBounds;
import io.tributary.ingest.plan.AcceptedDataLoss;
import io.tributary.ingest.plan.BatchPlan;
import io.tributary.ingest.plan.BatchPlanner;
import io.tributary.ingest.plan.FlowReport;
import io.tributary.ingest.plan.LagMetrics;
import io.tributary.ingest.plan.LagReport;
import io.tributary.ingest.plan.RateController;
import io.tributary.ingest.plan.ReadBackoff;
import io.tributary.ingest.read.ConsumerPool;
import io.tributary.ingest.read.RangeReadTask;
import io.tributary.ingest.read.RangeReaderFactory;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.ReadProgress;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.connector.read.streaming.Offset;
import org.apache.spark.sql.connector.read.streaming.ReadLimit;
import org.apache.spark.sql.connector.read.streaming.SupportsAdmissionControl;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The micro-batch stream over all data centers.
 *
 * <pre>
 *  latestOffset         data center registry ─► offset fetches ─► a plan for each ─► end offset ─► Spark's log
 *  planInputPartitions  start offset, end offset, deferrals ─► what each task reads
 * </pre>
 *
 * <p>What a batch reads is decided once, in {@link #latestOffset}, and Spark writes it into its log before the batch
 * begins. {@link #planInputPartitions} only follows that decision, so a repeated batch is planned the same. Before a batch
 * that an earlier run planned is read, Kafka is asked whether its topics are still the same. If a task cannot read a part of it, the task defers that part. The commit metadata in the lake says
 * what the batch really carried. A batch that is already in the lake is read again by its commit metadata.
 */
public final class DataCentersStream implements MicroBatchStream, SupportsAdmissionControl {

    private final SourceContext context;
    private final SourceOptions options;
    private final RateController rate;
    private final ReadBackoff backoff = new ReadBackoff();
    private final ConsumerOptionsLookup consumers;
    private final Replays replays;
    private final TaskPlanner tasks;
    private final LagMetrics lagMetrics;
    private final Clock clock;
    private final ClockSkewGuard clockSkew;
    private final LagReport lagReport;
    private Plan plan;
    /** When the last batch was planned here; 0 before the first. */
    private long newestPlan;

    /** What the tasks of a batch read; computed once. */
    private record Plan(long plannedAt, List<InputPartition> tasks) {}

    /**
     * @param hadoop for the files that are read by request
     * @param parallelism how many tasks run at a time
     */
    public DataCentersStream(SourceContext context, Configuration hadoop, int parallelism) {
        this.context = context;
        this.options = context.options();
        this.rate = new RateController(options.maxRecords(), options.readingTarget());
        this.consumers = new ConsumerOptionsLookup(context.consumers(), options.metadataTimeout());
        this.replays = new Replays(context.replays(), options.maxReplayRecords());
        this.tasks = new TaskPlanner(
                context,
                consumers,
                (centers, planned) -> new PlannedTopics(ask(centers, planned)),
                replays,
                new SerializableConfiguration(hadoop),
                parallelism);
        this.lagMetrics = new LagMetrics(context.metrics());
        this.clock = context.clock();
        this.clockSkew = new ClockSkewGuard(options.clockTolerance());
        this.lagReport = new LagReport(clock);
    }

    @Override
    public Offset initialOffset() {
        return options.start();
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
        if (clockSkew.isBehind(clock.millis(), from.plannedAt())) {
            return from;
        }
        Optional<BatchMetadata> newest = context.commits().newest();
        newest.ifPresent(metadata -> {
            rate.update(metadata);
            backoff.update(metadata, clock.instant());
            context.breaker().update(metadata);
            context.flow().note(metadata);
        });
        // Spark's log says what the last batch planned to carry, the lake's log what it carried.
        ReadProgress progress = newest.filter(metadata -> metadata.plannedAt() == from.plannedAt())
                .map(BatchMetadata::readProgress)
                .orElse(from.readProgress());
        ReadProgress before = progress.ofKafka();

        Map<String, DataCenter> wanted = wanted();
        SortedMap<String, OffsetBounds> answers = ask(wanted, before);
        SortedMap<String, BatchPlan> plans = new TreeMap<>();
        answers.forEach((name, reach) -> plans.put(
                name,
                context.breaker()
                        .judged(
                                wanted.get(name),
                                BatchPlanner.plan(
                                        name,
                                        before,
                                        reach,
                                        rate.shareOf(name),
                                        AcceptedDataLoss.of(wanted.get(name))))));
        lagReport.tell(answers, plans);
        context.flow()
                .tell(new FlowReport.Trigger(
                        clock.instant(),
                        context.registry().current(),
                        context.registry().isFileUsable(),
                        answers,
                        context.offsetFetcher().silences(),
                        before,
                        plans));
        lagMetrics.note(context.registry().isFileUsable());
        lagMetrics.publish(
                clock.instant(),
                context.registry().current().names(),
                wanted.keySet(),
                answers,
                before,
                plans,
                context.flow()::horizon);
        BatchPlan delivered =
                BatchPlan.all(plans.values()).without(range -> backoff.isResting(range.partition(), clock.instant()));
        BatchPlan batch = BatchPlan.all(List.of(
                delivered,
                replays.plan(
                        clock.instant(),
                        progress,
                        answers,
                        partition -> backoff.isResting(partition, clock.instant()))));
        if (batch.isEmpty()) {
            // The text of the offset must be identical, or Spark would run a batch without data.
            return from;
        }
        lagReport.tellChanges(before, delivered);
        context.registry().current().all().forEach(context.store()::save);
        SortedSet<OffsetRange> again = new TreeSet<>(batch.read());
        again.removeIf(range -> progress.positions().of(range.partition()).orElse(0L) == range.from());
        ReadProgress after = progress.after(batch.progress());
        newestPlan = Math.max(from.plannedAt() + 1, clock.millis());
        context.flow().planned(newestPlan, answers, after.ofKafka());
        return new SourceOffset(newestPlan, after, again, batch.lost(), batch.expired());
    }

    /** The data centers that are active, or whose pause is over. */
    private Map<String, DataCenter> wanted() {
        Instant now = clock.instant();
        return context.registry().current().all().stream()
                .filter(center -> center.isReadAt(now))
                .collect(Collectors.toMap(DataCenter::name, center -> center));
    }

    private SortedMap<String, OffsetBounds> ask(Map<String, DataCenter> wanted, ReadProgress known) {
        try {
            return context.offsetFetcher().ask(List.copyOf(wanted.values()), known, options.metadataTimeout());
        } catch (InterruptedException e) {
            throw stopped(e);
        }
    }

    /** Spark recognizes only this wrapping as the query being stopped. */
    static UncheckedIOException stopped(InterruptedException failure) {
        Thread.currentThread().interrupt();
        InterruptedIOException stopped = new InterruptedIOException("interrupted while asking the data centers");
        stopped.initCause(failure);
        return new UncheckedIOException(stopped);
    }

    @Override
    public Offset deserializeOffset(String json) {
        return SourceOffset.parse(json);
    }

    /** Computed once for each batch, however often Spark asks. */
    @Override
    public InputPartition[] planInputPartitions(Offset start, Offset end) {
        SourceOffset until = (SourceOffset) end;
        if (plan == null || plan.plannedAt() != until.plannedAt()) {
            plan = new Plan(
                    until.plannedAt(),
                    context.commits()
                            .newest()
                            .filter(metadata -> metadata.plannedAt() == until.plannedAt())
                            .map(metadata -> tasks(RangeReadPlanner.committed(metadata), until, true))
                            .orElseGet(
                                    () -> tasks(RangeReadPlanner.planned((SourceOffset) start, until), until, false)));
        }
        return plan.tasks().toArray(new InputPartition[0]);
    }

    /** @param isCommitted whether the batch is in the lake already and has to be read as it is there */
    private List<InputPartition> tasks(List<RangeReadTask> ranges, SourceOffset until, boolean isCommitted) {
        try {
            return tasks.tasks(
                    ranges,
                    new TaskPlanner.Batch(
                            until.plannedAt(),
                            until.readProgress().ofKafka(),
                            isCommitted,
                            until.plannedAt() == newestPlan));
        } catch (InterruptedException e) {
            throw stopped(e);
        }
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
        return new RangeReaderFactory();
    }

    @Override
    public void commit(Offset end) {
        // Positions are in Spark's log and the lake's log; nothing is committed to Kafka.
    }

    @Override
    public void stop() {
        context.offsetFetcher().close();
        consumers.close();
        ConsumerPool.OF_PROCESS.clear();
    }
}
