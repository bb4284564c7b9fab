package io.tributary.benchmark;

import io.tributary.account.BatchAccount;
import io.tributary.account.Frontier;
import io.tributary.account.PartitionId;
import io.tributary.account.Positions;
import io.tributary.account.Range;
import io.tributary.account.StateSpan;
import io.tributary.table.Lake;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Appends batches to a staging table as the streaming job does: rows and account in one commit. */
final class Batches {

    private static final PartitionId PARTITION = new PartitionId("dc1", "events", 0);

    private final Lake lake;
    private long sequence;
    private long offset;

    Batches(Lake lake) {
        this.lake = lake;
    }

    /**
     * @param numbers as {@link Events} takes them; each of their partitions becomes a file
     * @param count how many they are
     */
    void append(Dataset<Row> numbers, long count, Instant arrivedAt) {
        sequence++;
        TreeMap<PartitionId, Range> ranges = new TreeMap<>();
        ranges.put(PARTITION, new Range(offset, offset + count, count, count, 0, 0, 0, 0));
        offset += count;
        TreeMap<PartitionId, Long> positions = new TreeMap<>();
        positions.put(PARTITION, offset);
        BatchAccount account = new BatchAccount(
                sequence,
                "benchmark",
                sequence,
                arrivedAt.toEpochMilli(),
                arrivedAt.toEpochMilli(),
                new StateSpan("GLOBAL", Duration.ofHours(1), Duration.ofMinutes(5), 2, Optional.empty()),
                ranges,
                new TreeSet<>(),
                new TreeSet<>(),
                new Frontier(new Positions(positions), new TreeSet<>()));
        Events.staged(numbers, arrivedAt)
                .write()
                .format("delta")
                .mode("append")
                .option("txnAppId", "tributary-ingest")
                .option("txnVersion", sequence)
                .option("userMetadata", account.toText())
                .save(lake.staging());
    }
}
