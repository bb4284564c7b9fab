package io.tributary.lake.commit;

import io.delta.exceptions.DeltaConcurrentModificationException;
import java.util.Optional;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import scala.Option;

/**
 * Writes rows to a Delta table exactly once: rows, metadata and a number are one commit, and Delta accepts a number once.
 *
 * <pre>
 *  rows + metadata + number ──► Delta ─┬─ accepted ───────────────────────────┐
 *                                      ├─ skipped: the number is taken        ├─► whose commit is in the log? ─┬─► Committed
 *                                      └─ refused: another commit was first ──┘                                └─► Conflict
 * </pre>
 *
 * <p>Delta skips in silence what claims a number that is taken, and throws if two claim it at the same moment. Both are a
 * {@link Conflict}, unless the commit that is there carries our own metadata: then it is our own attempt, whose answer
 * was lost.
 */
public final class IdempotentCommit {

    private final SparkSession spark;
    private final String table;
    private final String appId;
    private final CommitLog log;

    /** @param appId the name under which all writers of one kind claim their numbers, such as {@link BatchCommit#APP_ID} */
    public IdempotentCommit(SparkSession spark, String table, String appId) {
        this.spark = spark;
        this.table = table;
        this.appId = appId;
        this.log = new CommitLog(table, spark.sessionState().newHadoopConf());
    }

    /**
     * What a writer knows and wants before it writes.
     *
     * @param version one that the table had before the first attempt
     * @param number greater than all that were accepted up to that version
     */
    public record Claim(long version, long number) {}

    /** How a write ended. */
    public sealed interface Outcome {}

    /** The rows are in the table since this version, once. */
    public record Committed(long version) implements Outcome {}

    /** Another writer was first. Nothing of this write is in the table. */
    public record Conflict() implements Outcome {}

    /**
     * Writes, and looks whether the commit in the log is this one.
     *
     * @param writer the rows with mode and options; format, number and metadata are set here
     * @param metadata differs from that of every other write that this one may race with
     */
    public Outcome write(DataFrameWriter<Row> writer, Claim claim, CommitMetadata metadata) {
        try {
            writer.format("delta")
                    .option("txnAppId", appId)
                    .option("txnVersion", claim.number())
                    .option("userMetadata", metadata.toText())
                    .save(table);
        } catch (DeltaConcurrentModificationException e) {
            return outcomeInLog(claim, metadata, e);
        }
        return outcomeInLog(claim, metadata);
    }

    /** The greatest number that was ever accepted; 0 if none was. */
    public long highestNumber() {
        return DeltaLog.forTable(spark, table)
                .update(false, Option.empty(), Option.empty())
                .transactions()
                .get(appId)
                .map(number -> ((Number) number).longValue())
                .getOrElse(() -> 0L);
    }

    private Outcome outcomeInLog(Claim claim, CommitMetadata metadata, DeltaConcurrentModificationException refusal) {
        try {
            return outcomeInLog(claim, metadata);
        } catch (RuntimeException e) {
            e.addSuppressed(refusal);
            throw e;
        }
    }

    private Outcome outcomeInLog(Claim claim, CommitMetadata metadata) {
        return log.after(claim.version()).stream()
                .filter(commit -> commit.metadata().equals(Optional.of(metadata)))
                .findFirst()
                .<Outcome>map(commit -> new Committed(commit.version()))
                .orElseGet(Conflict::new);
    }
}
