package io.tributary.lab.stage;

import io.tributary.config.DedupScope;
import io.tributary.lake.commit.BatchCommit;
import io.tributary.lake.commit.DedupStateInfo;
import io.tributary.lake.commit.IdempotentCommit;
import io.tributary.offsets.PartitionOffsets;
import io.tributary.offsets.RangeStats;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicPartitionId;
import io.tributary.schema.Lake;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Appends batches to a staging table as the streaming job does: rows and metadata in one commit. */
public final class BatchAppender {

    private final Lake lake;
    private final TopicPartitionId partition;
    private long sequence;
    private long offset;
    private long version;

    /** @param dataCenter that all rows account for as the one that delivered them */
    public BatchAppender(Lake lake, String dataCenter) {
        this.lake = lake;
        this.partition = new TopicPartitionId(dataCenter, "events", 0);
    }

    /**
     * Appends one batch, of which nothing was a duplicate or malformed.
     *
     * @param rows in the columns of the staging table; each of their partitions becomes a file
     * @param count how many they are
     * @param committedAt later than of all batches before
     */
    public void append(Dataset<Row> rows, long count, Instant committedAt) {
        sequence++;
        TreeMap<TopicPartitionId, RangeStats> ranges = new TreeMap<>();
        ranges.put(partition, new RangeStats(offset, offset + count, count, count, 0, 0, 0, 0));
        offset += count;
        TreeMap<TopicPartitionId, Long> positions = new TreeMap<>();
        positions.put(partition, offset);
        BatchCommit metadata = new BatchCommit(
                sequence,
                "lab",
                sequence,
                committedAt.toEpochMilli(),
                committedAt.toEpochMilli(),
                new DedupStateInfo(
                        DedupScope.GLOBAL.name(), Duration.ofHours(1), Duration.ofMinutes(5), 2, Optional.empty()),
                ranges,
                new TreeSet<>(),
                new TreeSet<>(),
                new ReadProgress(new PartitionOffsets(positions), new TreeSet<>()));
        IdempotentCommit commit = new IdempotentCommit(rows.sparkSession(), lake.staging(), BatchCommit.APP_ID);
        if (!(commit.write(rows.write().mode("append"), new IdempotentCommit.Claim(version, sequence), metadata)
                instanceof IdempotentCommit.Committed committed)) {
            throw new IllegalStateException("Another writer has appended batch " + sequence + " to " + lake.staging());
        }
        version = committed.version();
    }
}
