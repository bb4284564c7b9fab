package io.tributary.ingest.write;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.tributary.columns.Columns;
import io.tributary.config.PipelineConfig;
import io.tributary.ingest.decode.Decoding;
import io.tributary.ingest.dedup.OnTime;
import io.tributary.ingest.read.SourceColumns;
import io.tributary.lake.commit.BatchCommit;
import io.tributary.schema.EventSchema;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Appends a batch's events to the staging table, in one commit with its metadata. */
public final class StagingTable {

    /** Every writer of batches claims its sequence number under this one name, whatever its checkpoint. */
    private static final String WRITER = "tributary-ingest";

    private static final long ROWS_PER_FILE = 1_000_000;

    private final String path;
    private final PipelineConfig config;

    public StagingTable(String path, PipelineConfig config) {
        this.path = path;
        this.config = config;
    }

    /** The events of a batch as the table holds them. */
    Dataset<Row> rows(Dataset<Row> batch, BatchCommit metadata) {
        Column isEvent = col(SourceColumns.RANGE_UNTIL)
                .isNull()
                .and(col(Decoding.DECODED).getField(Columns.REASON).isNull());
        return batch.where(isEvent).select(columns(metadata).toArray(Column[]::new));
    }

    /** @param rows how many events the batch has; none is a commit as well, since the offsets have moved */
    void write(Dataset<Row> batch, BatchCommit metadata, long rows) {
        rows(batch, metadata)
                .coalesce((int) (rows / ROWS_PER_FILE) + 1)
                .write()
                .format("delta")
                .mode("append")
                .option("txnAppId", WRITER)
                .option("txnVersion", metadata.sequence())
                .option("userMetadata", metadata.toText())
                .save(path);
    }

    private List<Column> columns(BatchCommit metadata) {
        OffsetDateTime arrived = Instant.ofEpochMilli(metadata.committedAt()).atOffset(ZoneOffset.UTC);
        List<Column> columns = new ArrayList<>();
        for (String name : EventSchema.event(config.columns()).fieldNames()) {
            columns.add(col(Decoding.DECODED).getField(name).as(name));
        }
        Columns.COORDINATES.forEach(name -> columns.add(col(name)));
        columns.add(col(Columns.KAFKA_TIMESTAMP));
        columns.add(ArrivedAtColumn.column(arrived.toInstant()).as(Columns.ARRIVED_AT));
        columns.add(OnTime.of(config, metadata.state()).as(Columns.ON_TIME));
        columns.add(lit(arrived.toLocalDate()).as(Columns.ARRIVAL_DATE));
        columns.add(lit(arrived.getHour()).as(Columns.ARRIVAL_HOUR));
        return columns;
    }
}
