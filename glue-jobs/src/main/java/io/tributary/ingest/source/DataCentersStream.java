package io.tributary.ingest.source;

import io.tributary.account.PartitionId;
import io.tributary.account.Positions;
import io.tributary.config.DataCenter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.connector.read.streaming.Offset;
import org.apache.spark.sql.connector.read.streaming.ReadLimit;
import org.apache.spark.sql.connector.read.streaming.SupportsAdmissionControl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The micro-batch stream over all data centres. What a batch reads is decided once, in {@link #latestOffset}, and
 * written by Spark into its log before the batch begins; {@link #planInputPartitions} only follows it, without a look at
 * the network, so a batch that is planned or run again reads the same.
 */
final class DataCentersStream implements MicroBatchStream, SupportsAdmissionControl {

    private static final Logger LOG = LoggerFactory.getLogger(DataCentersStream.class);

    private final SourceOptions options;
    private final Membership membership;
    private final DataCenterMemory memory;
    private final Inquiries inquiries;
    private final KafkaReads reads;
    private final Clock clock;
    private final Map<String, Gap> stopped = new HashMap<>();

    DataCentersStream(
            SourceOptions options,
            Membership membership,
            DataCenterMemory memory,
            Inquiries inquiries,
            KafkaReads reads,
            Clock clock) {
        this.options = options;
        this.membership = membership;
        this.memory = memory;
        this.inquiries = inquiries;
        this.reads = reads;
        this.clock = clock;
    }

    @Override
    public Offset initialOffset() {
        return new SourceOffset(options.arrivalFloor(), options.resume());
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
        List<DataCenter> active = membership.now().all().stream()
                .filter(center -> center.state() == DataCenter.State.ACTIVE)
                .toList();
        Positions until = from.positions();
        for (Map.Entry<String, Reach> answer : ask(active).entrySet()) {
            until = until.plus(share(answer.getKey(), from.positions(), answer.getValue()));
        }
        if (until.equals(from.positions())) {
            // The same offset to the letter, or Spark would run a batch without data.
            return from;
        }
        Set<String> moved = new HashSet<>(until.dataCenters());
        active.stream().filter(center -> moved.contains(center.name())).forEach(memory::remember);
        return new SourceOffset(Math.max(from.arrival(), clock.millis()), until);
    }

    private SortedMap<String, Reach> ask(List<DataCenter> active) {
        try {
            return inquiries.ask(active, options.askDeadline());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking the data centres", e);
        }
    }

    private Positions share(String dataCenter, Positions positions, Reach reach) {
        Positions own = positions.dataCenter(dataCenter);
        Optional<Gap> gap = Gap.find(own, reach);
        if (gap.isPresent()) {
            if (!gap.get().equals(stopped.put(dataCenter, gap.get()))) {
                LOG.error(
                        "ingest[dc={}]: stopped, the other data centres go on: {}. Nothing is skipped by itself.",
                        dataCenter,
                        gap.get().words());
            }
            return own;
        }
        stopped.remove(dataCenter);
        return new FairShare(options.maxRecords()).until(own, reach);
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
                ranges.add(
                        reads.plan(memory.recall(partition.dataCenter()), partition, position.get(), entry.getValue()));
            }
        }
        return RangePartition.pack(ranges, until.arrival()).toArray(new InputPartition[0]);
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
