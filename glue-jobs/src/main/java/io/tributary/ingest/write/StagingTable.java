package io.tributary.ingest.write;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.tributary.columns.Columns;
import io.tributary.config.ColumnDigest;
import io.tributary.config.PipelineConfig;
import io.tributary.ingest.decode.Decoding;
import io.tributary.ingest.dedup.OnTime;
import io.tributary.ingest.read.SourceColumns;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.DedupStateInfo;
import io.tributary.lake.commit.IdempotentCommit;
import io.tributary.lake.commit.IdempotentCommit.Write;
import io.tributary.schema.EventSchema;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Appends a batch's events to the staging table, in one commit with its metadata. */
public final class StagingTable {

    /** A small batch is one file, which costs the fewest requests; a large one is written by many tasks. */
    private static final long ROWS_PER_FILE = 100_000;

    private final PipelineConfig config;
    private final IdempotentCommit commit;

    public StagingTable(SparkSession spark, String path, PipelineConfig config) {
        this.config = config;
        this.commit = new IdempotentCommit(spark, path, BatchMetadata.APP_ID);
    }

    /** The events of a batch as the table holds them. */
    Dataset<Row> rows(Dataset<Row> batch, BatchMetadata metadata) {
        Column isEvent = col(SourceColumns.RANGE_UNTIL)
                .isNull()
                .and(col(Decoding.DECODED).getField(Columns.REASON).isNull())
                .and(not(col(BatchWriter.ERASED)));
        return batch.where(isEvent).select(columns(metadata).toArray(Column[]::new));
    }

    /**
     * Commits the batch.
     *
     * @param rows how many events the batch has; none is a commit as well, since the offsets have moved
     * @param version one of the table's from before the batch
     * @throws CommitConflictException if another driver has committed in its place
     */
    void write(Dataset<Row> batch, BatchMetadata metadata, long rows, long version) {
        Dataset<Row> events = rows(batch, metadata).coalesce((int) (rows / ROWS_PER_FILE) + 1);
        IdempotentCommit.Outcome outcome =
                commit.write(Write.append(events), new IdempotentCommit.Claim(version, metadata.sequence()), metadata);
        if (outcome instanceof IdempotentCommit.Conflict) {
            throw new CommitConflictException("Batch " + metadata.batch() + " of checkpoint " + metadata.checkpoint()
                    + " was not written, because another driver has committed in its place");
        }
    }

    /** Digest of what the configuration says of each typed column. */
    SortedMap<String, String> columns() {
        return ColumnDigest.ofAll(config);
    }

    /** Whether a row is on time, by what the deduplication state can know. */
    Column isOnTime(DedupStateInfo state) {
        return OnTime.of(config, state);
    }

    private List<Column> columns(BatchMetadata metadata) {
        OffsetDateTime arrived = Instant.ofEpochMilli(metadata.committedAt()).atOffset(ZoneOffset.UTC);
        List<Column> columns = new ArrayList<>();
        for (String name : EventSchema.event(config.columns()).fieldNames()) {
            columns.add(col(Decoding.DECODED).getField(name).as(name));
        }
        Columns.COORDINATES.forEach(name -> columns.add(col(name)));
        columns.add(col(Columns.KAFKA_TIMESTAMP));
        columns.add(ArrivedAtColumn.column(arrived.toInstant()).as(Columns.ARRIVED_AT));
        columns.add(isOnTime(metadata.state()).as(Columns.ON_TIME));
        columns.add(lit(arrived.toLocalDate()).as(Columns.ARRIVAL_DATE));
        columns.add(lit(arrived.getHour()).as(Columns.ARRIVAL_HOUR));
        return columns;
    }
}
