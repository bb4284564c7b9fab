package io.tributary.lake.commit;

import io.delta.exceptions.DeltaConcurrentModificationException;
import io.tributary.lake.log.ScalaCollections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.DeltaOptions;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.commands.DMLUtils;
import org.apache.spark.sql.delta.commands.WriteIntoDelta;
import org.apache.spark.sql.streaming.OutputMode;
import scala.Option;

/**
 * Writes rows to a Delta table exactly once: rows, metadata and a number are one commit, and Delta accepts a number once.
 *
 * <pre>
 *  rows + metadata + number ──► Delta ─┬─ accepted ───────────────────────────┐
 *                                      ├─ not written: the number is taken    ├─► whose commit is in the log? ─┬─► Committed
 *                                      └─ refused: another commit was first ──┘                                └─► Conflict
 * </pre>
 *
 * <p>Delta refuses a commit if another one claimed a number of the same name since the transaction began. Either way it is
 * a {@link Conflict}, unless the commit that is there carries our own metadata: then it is our own attempt, whose answer
 * was lost.
 *
 * <p>Delta's own writer asks for all accepted numbers at each write, and for that computes the table's whole state, which
 * costs more than writing a small batch. A {@link Claim} knows what was accepted up to its version, so the state is
 * needed only if the table has moved on since.
 */
public final class IdempotentCommit {

    private final SparkSession spark;
    private final String table;
    private final String appId;
    private final CommitLog log;

    /** @param appId the name under which all writers of one kind claim their numbers, such as {@link BatchMetadata#APP_ID} */
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
     * Rows, and what they do to the table.
     *
     * @param mode {@link SaveMode#Append} or {@link SaveMode#Overwrite}
     * @param options of Delta's writer, such as {@code replaceWhere}
     * @param partitionColumns of the table, if the write overwrites its schema; else empty
     */
    public record Write(Dataset<Row> rows, SaveMode mode, Map<String, String> options, List<String> partitionColumns) {

        /** Adds rows to a table. */
        public static Write append(Dataset<Row> rows) {
            return new Write(rows, SaveMode.Append, Map.of(), List.of());
        }
    }

    /**
     * Writes, and looks whether the commit in the log is this one.
     *
     * @param metadata differs from that of every other write that this one may race with
     */
    public Outcome write(Write write, Claim claim, CommitMetadata metadata) {
        SparkSession session = write.rows().sparkSession();
        SparkSession active = SparkSession.active();
        SparkSession.setActiveSession(session);
        try {
            DeltaLog.forTable(session, table)
                    .withNewTransaction(
                            Option.empty(), Option.empty(), transaction -> commit(transaction, write, claim, metadata));
        } catch (DeltaConcurrentModificationException e) {
            return outcomeInLog(claim, metadata, e);
        } finally {
            SparkSession.setActiveSession(active);
        }
        return outcomeInLog(claim, metadata);
    }

    /** @return whether a commit was made; not if the number is taken */
    private boolean commit(OptimisticTransaction transaction, Write write, Claim claim, CommitMetadata metadata) {
        if (transaction.readVersion() == claim.version()) {
            transaction.readTxn().$plus$eq(appId);
        } else if (((Number) transaction.txnVersion(appId)).longValue() >= claim.number()) {
            return false;
        }
        Map<String, String> options = new TreeMap<>(write.options());
        options.put(DeltaOptions.TXN_APP_ID(), appId);
        options.put(DeltaOptions.TXN_VERSION(), Long.toString(claim.number()));
        SparkSession session = write.rows().sparkSession();
        DMLUtils.TaggedCommitData<Action> written = new WriteIntoDelta(
                        transaction.deltaLog(),
                        write.mode(),
                        new DeltaOptions(
                                ScalaCollections.map(options),
                                session.sessionState().conf()),
                        ScalaCollections.seq(write.partitionColumns()),
                        ScalaCollections.map(Map.of()),
                        write.rows(),
                        Option.empty(),
                        Option.empty())
                .writeAndReturnCommitData(transaction, session, Option.empty(), false);
        transaction.commit(
                written.actions(),
                new DeltaOperations.StreamingUpdate(
                        write.mode() == SaveMode.Append ? OutputMode.Append() : OutputMode.Complete(),
                        appId,
                        claim.number(),
                        Option.apply(metadata.toText())),
                written.stringTags());
        return true;
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
