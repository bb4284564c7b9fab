package io.tributary.ingest.write;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.tributary.account.BatchAccount;
import io.tributary.account.Commit;
import io.tributary.account.CommitLog;
import io.tributary.account.Frontier;
import io.tributary.account.PartitionId;
import io.tributary.account.Range;
import io.tributary.event.Columns;
import io.tributary.ingest.decode.Decoding;
import io.tributary.ingest.source.SourceColumns;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Appends a batch's refused records to the quarantine table. Their commit comes before the staging commit, so one whose
 * batch never came to be may be there already: coordinates name a record, and none is written twice.
 */
public final class QuarantineTable {

    private final SparkSession spark;
    private final String path;
    private final CommitLog log;
    private final Map<PartitionId, Long> orphans = new HashMap<>();
    private long ownVersion = -1;

    public QuarantineTable(SparkSession spark, String path, CommitLog log) {
        this.spark = spark;
        this.path = path;
        this.log = log;
    }

    /** @param before what was read before the batch */
    void write(Dataset<Row> batch, BatchAccount account, Frontier before) {
        Dataset<Row> refused = batch.where(
                        col(Decoding.DECODED).getField(Columns.REASON).isNotNull())
                .select(columns(account).toArray(Column[]::new));
        if (ownVersion < 0) {
            findOrphans(account);
        }
        // After a start, or once somebody else has written, rows of this batch may lie there already.
        boolean alone = ownVersion >= 0 && log.newestVersion(ownVersion) == ownVersion && !reachesBack(account, before);
        (alone ? refused : withoutThoseAlreadyThere(refused, account))
                .coalesce(1)
                .write()
                .format("delta")
                .mode("append")
                .option("userMetadata", account.toText())
                .save(path);
        ownVersion = ownVersion < 0 ? log.newestVersion() : log.newestVersion(ownVersion);
    }

    /**
     * Notes how far the commits go whose batch never came to be. It may be planned anew in other pieces, or with a part
     * deferred, so that what lies there already is met again many batches later.
     */
    private void findOrphans(BatchAccount account) {
        for (long version = log.newestVersion(); version >= 0; version--) {
            Optional<Commit> commit = log.commit(version);
            if (commit.isEmpty()) {
                return;
            }
            if (commit.get().account().orElse(null) instanceof BatchAccount other) {
                if (other.sequence() < account.sequence()) {
                    return;
                }
                other.ranges().forEach((partition, range) -> orphans.merge(partition, range.until(), Math::max));
            }
        }
    }

    private boolean reachesBack(BatchAccount account, Frontier before) {
        return account.ranges().entrySet().stream().anyMatch(entry -> {
            long from = entry.getValue().from();
            return from < before.positions().of(entry.getKey()).orElse(0L)
                    || from < orphans.getOrDefault(entry.getKey(), 0L);
        });
    }

    private Dataset<Row> withoutThoseAlreadyThere(Dataset<Row> refused, BatchAccount account) {
        long lowest =
                account.ranges().values().stream().mapToLong(Range::from).min().orElse(0);
        long highest =
                account.ranges().values().stream().mapToLong(Range::until).max().orElse(Long.MAX_VALUE);
        Dataset<Row> there = spark.read()
                .format("delta")
                .load(path)
                .where(col(Columns.KAFKA_OFFSET).between(lowest, highest))
                .where(col(Columns.KAFKA_CLUSTER)
                        .isInCollection(account.ranges().keySet().stream()
                                .map(partition -> partition.dataCenter())
                                .distinct()
                                .toList()))
                .select(Columns.COORDINATES.stream().map(name -> col(name)).toArray(Column[]::new));
        return refused.join(there, Columns.COORDINATES.toArray(String[]::new), "left_anti");
    }

    private static List<Column> columns(BatchAccount account) {
        Instant arrived = Instant.ofEpochMilli(account.arrivedAt());
        List<Column> columns = new ArrayList<>();
        columns.add(col(Decoding.DECODED).getField(Columns.REASON).as(Columns.REASON));
        columns.add(col(Decoding.DECODED).getField(Columns.DETAIL).as(Columns.DETAIL));
        columns.add(col(SourceColumns.VALUE).as(Columns.RAW));
        Columns.COORDINATES.forEach(name -> columns.add(col(name)));
        columns.add(col(Columns.KAFKA_TIMESTAMP));
        columns.add(ArrivedAt.column(arrived).as(Columns.ARRIVED_AT));
        columns.add(lit(arrived.atOffset(ZoneOffset.UTC).toLocalDate()).as(Columns.ARRIVAL_DATE));
        return columns;
    }
}
