package io.tributary.ingest.write;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.tributary.columns.Columns;
import io.tributary.ingest.decode.Decoding;
import io.tributary.ingest.read.SourceColumns;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.commit.IdempotentCommit;
import io.tributary.lake.commit.IdempotentCommit.Write;
import io.tributary.offsets.RangeStats;
import io.tributary.offsets.ReadProgress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Appends a batch's refused records to the quarantine table. Their commit comes before the staging commit, so one whose
 * batch never came to be may be there already: coordinates name a record, and none is written twice.
 *
 * <p>Each commit claims the number after the one that the writer has seen, so a driver that looked, was paused, and writes
 * late, when another has written, writes nothing.
 */
public final class QuarantineTable {

    private final SparkSession spark;
    private final String path;
    private final CommitLog log;
    private final IdempotentCommit commit;
    private final QuarantineOrphans orphans;
    private Optional<Written> last = Optional.empty();

    /** The own commit that was the newest when it was made. */
    private record Written(long version, long number, long sequence) {}

    /**
     * What is known of the table before a write.
     *
     * @param next the table's version and the number after it; whoever else has claimed it since is first
     * @param isAlone whether none of the batch's records can be there
     */
    record Claim(IdempotentCommit.Claim next, boolean isAlone) {}

    public QuarantineTable(SparkSession spark, String path, CommitLog log, QuarantineOrphans orphans) {
        this.spark = spark;
        this.path = path;
        this.log = log;
        this.commit = new IdempotentCommit(spark, path, BatchMetadata.APP_ID);
        this.orphans = orphans;
    }

    /**
     * The refused records of a batch as the table holds them, without those that were read before and those of erased
     * events.
     */
    Dataset<Row> rows(Dataset<Row> batch, BatchMetadata metadata) {
        return batch.where(col(Decoding.DECODED).getField(Columns.REASON).notEqual(Decoding.WITHOUT_EVENT))
                .where(not(col(BatchWriter.ERASED)))
                .where(col(SourceColumns.RANGE_TOPIC).isNull())
                .select(columns(metadata).toArray(Column[]::new));
    }

    /** @param before what was read before the batch */
    void write(Dataset<Row> batch, BatchMetadata metadata, ReadProgress before) {
        write(batch, metadata, claim(metadata, before));
    }

    Claim claim(BatchMetadata metadata, ReadProgress before) {
        long version = last.map(own -> log.newestVersion(own.version())).orElseGet(log::newestVersion);
        Optional<Written> newest = last.filter(own -> own.version() == version);
        long number = newest.map(Written::number).orElseGet(commit::highestNumber) + 1;
        orphans.lookUpTo(version);
        // After a start, or once somebody else has written, rows of this batch may lie there already.
        boolean isAlone =
                newest.filter(own -> own.sequence() < metadata.sequence()).isPresent()
                        && !reachesBack(metadata, before);
        return new Claim(new IdempotentCommit.Claim(version, number), isAlone);
    }

    void write(Dataset<Row> batch, BatchMetadata metadata, Claim claim) {
        Dataset<Row> rejected = rows(batch, metadata);
        Dataset<Row> rows = claim.isAlone() ? rejected : withoutThoseAlreadyThere(rejected, metadata);
        if (commit.write(Write.append(rows.coalesce(1)), claim.next(), metadata)
                instanceof IdempotentCommit.Committed committed) {
            orphans.passOwn(committed.version());
            last = Optional.of(new Written(committed.version(), claim.next().number(), metadata.sequence()));
        } else {
            throw new CommitConflictException("The refused records of batch " + metadata.batch() + " of checkpoint "
                    + metadata.checkpoint()
                    + " were not written, because another driver has written to the quarantine meanwhile");
        }
    }

    private boolean reachesBack(BatchMetadata metadata, ReadProgress before) {
        return metadata.ranges().entrySet().stream().anyMatch(entry -> {
            long from = entry.getValue().from();
            return from < before.positions().of(entry.getKey()).orElse(0L) || orphans.reach(entry.getKey(), from);
        });
    }

    private Dataset<Row> withoutThoseAlreadyThere(Dataset<Row> rejected, BatchMetadata metadata) {
        long lowest = metadata.ranges().values().stream()
                .mapToLong(RangeStats::from)
                .min()
                .orElse(0);
        long highest = metadata.ranges().values().stream()
                .mapToLong(RangeStats::until)
                .max()
                .orElse(Long.MAX_VALUE);
        Dataset<Row> there = spark.read()
                .format("delta")
                .load(path)
                .where(col(Columns.KAFKA_OFFSET).between(lowest, highest))
                .where(col(Columns.KAFKA_CLUSTER)
                        .isInCollection(metadata.ranges().keySet().stream()
                                .map(partition -> partition.dataCenter())
                                .distinct()
                                .toList()))
                .select(Columns.COORDINATES.stream().map(name -> col(name)).toArray(Column[]::new));
        return rejected.join(there, sameRecord(rejected, there), "left_anti");
    }

    /** A row of an earlier version knows no topic id; its coordinates alone name it. */
    private static Column sameRecord(Dataset<Row> rejected, Dataset<Row> there) {
        Column same = lit(true);
        for (String name : Columns.COORDINATES) {
            Column both = rejected.col(name).equalTo(there.col(name));
            same = same.and(
                    name.equals(Columns.KAFKA_TOPIC_ID)
                            ? both.or(rejected.col(name).isNull())
                                    .or(there.col(name).isNull())
                            : both);
        }
        return same;
    }

    private static List<Column> columns(BatchMetadata metadata) {
        Instant arrived = Instant.ofEpochMilli(metadata.committedAt());
        List<Column> columns = new ArrayList<>();
        columns.add(col(Decoding.DECODED).getField(Columns.REASON).as(Columns.REASON));
        columns.add(col(Decoding.DECODED).getField(Columns.DETAIL).as(Columns.DETAIL));
        columns.add(Decoding.bytes().as(Columns.RAW));
        Columns.COORDINATES.forEach(name -> columns.add(col(name)));
        columns.add(col(Columns.KAFKA_TIMESTAMP));
        columns.add(col(SourceColumns.KEY).as(Columns.KAFKA_KEY));
        columns.add(col(SourceColumns.HEADERS).as(Columns.KAFKA_HEADERS));
        columns.add(ArrivedAtColumn.column(arrived).as(Columns.ARRIVED_AT));
        columns.add(lit(arrived.atOffset(ZoneOffset.UTC).toLocalDate()).as(Columns.ARRIVAL_DATE));
        return columns;
    }
}
