package io.tributary.compaction.erasure;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.delta.exceptions.DeltaConcurrentModificationException;
import io.tributary.columns.Columns;
import io.tributary.config.PipelineConfig;
import io.tributary.lake.MergeWatermark;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.Commit;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.commit.CommitMetadata;
import io.tributary.lake.commit.MergeMetadata;
import io.tributary.lake.commit.RemovalMetadata;
import io.tributary.lake.commit.RowRemoval;
import io.tributary.lake.commit.RowRemoval.Counting;
import io.tributary.lake.erasure.ErasedEvents;
import io.tributary.lake.erasure.ErasurePass;
import io.tributary.lake.erasure.ErasurePasses;
import io.tributary.lake.erasure.ErasureRequest;
import io.tributary.lake.erasure.ErasureRequests;
import io.tributary.lake.erasure.RejectedRecord;
import io.tributary.lake.log.ActionLog;
import io.tributary.lake.log.AddAction;
import io.tributary.lake.log.DeltaTables;
import io.tributary.lake.log.RemoveAction;
import io.tributary.runtime.HadoopFiles;
import io.tributary.schema.ArrivalHour;
import io.tributary.schema.Lake;
import io.tributary.schema.TableDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the erasures that were requested.
 *
 * <pre>
 *  stream   every batch that knows an erasure leaves its events out, and says that it knows
 *  merge    leaves out what older batches staged above the merge watermark, and says that it knows
 *  here     removes what lies in staging up to the merge watermark, in the merged table, and in the quarantine
 * </pre>
 *
 * <p>A table is searched again as long as a commit that did not know the erasure came after the search. When the newest
 * commits of the stream and of the merge know it, none can come any more, and the erasure is closed. A run that is killed
 * leaves a commit or none; the next one searches again and takes down what was committed.
 */
public final class Erasures {

    private static final Logger LOG = LoggerFactory.getLogger(Erasures.class);
    private static final int MAX_ATTEMPTS = 3;

    private final SparkSession spark;
    private final PipelineConfig config;
    private final Lake lake;
    private final ErasureRequests requests;
    private final HadoopFiles files;

    /** @param requests of the lake */
    public Erasures(SparkSession spark, PipelineConfig config, Lake lake, ErasureRequests requests) {
        this.spark = spark;
        this.config = config;
        this.lake = lake;
        this.requests = requests;
        this.files = new HadoopFiles(hadoop());
    }

    /** Does what is to be done for each erasure that is open. */
    public void run() {
        List<ErasureRequest> all = requests.all();
        if (all.isEmpty()) {
            return;
        }
        requests.pack();
        ErasurePasses passes = ErasurePasses.read(lake.erasures(), files);
        List<ErasureRequest> open = all.stream()
                .filter(request -> !passes.isClosed(request.number()))
                .toList();
        for (ErasureRequest request : open) {
            run(request, passes);
        }
    }

    private void run(ErasureRequest request, ErasurePasses passes) {
        // From staging first: what is staged up to the merge watermark and not merged would be missing.
        boolean isDone = search(new Searched(staging(request), request, passes));
        isDone &= search(new Searched(merged(request), request, passes));
        isDone &= request.rejected().isEmpty() || search(new Searched(quarantine(request), request, passes));
        if (isDone) {
            passes.close(request.number());
            LOG.info("merge[erasure={}]: is complete; no writer is left that does not know it", request.number());
        }
    }

    /**
     * How a table is searched.
     *
     * @param watermark {@code arrived_at} up to which rows are searched, milliseconds since the epoch
     * @param known the newest erasure that a commit knows; negative for a commit that adds no events
     */
    private record Search(
            TableDefinition table, RowRemoval.Order order, long watermark, ToLongFunction<CommitMetadata> known) {}

    /** A search, and what is known of the ones before it. */
    private record Searched(Search search, ErasureRequest request, ErasurePasses passes) {

        Optional<ErasurePass> last() {
            return passes.last(request.number(), search.table().name());
        }
    }

    private Search staging(ErasureRequest request) {
        CommitLog log = new CommitLog(lake.merged(), hadoop());
        long version = log.newestVersion();
        MergeWatermark watermark = MergeWatermark.at(version, log, () -> DeltaTables.at(spark, lake.merged(), version));
        ArrivalHour last = ArrivalHour.of(watermark.committedAt());
        Column isMerged = col(Columns.ARRIVED_AT).leq(lit(watermark.committedAt()));
        return new Search(
                TableDefinition.staging(lake, config.columns()),
                new RowRemoval.Order(
                        request.number(),
                        "",
                        file -> hour(file)
                                .filter(hour -> hour.compareTo(last) <= 0)
                                .isPresent(),
                        isErased(request).and(isMerged),
                        Counting.BATCHES),
                watermark.committedAt().toEpochMilli(),
                Erasures::knownToBatch);
    }

    private static Optional<ArrivalHour> hour(AddAction file) {
        return ArrivalHour.parse(
                file.partition().value(Columns.ARRIVAL_DATE).orElse(""),
                file.partition().value(Columns.ARRIVAL_HOUR).orElse(""));
    }

    private Search merged(ErasureRequest request) {
        return new Search(
                TableDefinition.merged(lake, config.columns()),
                new RowRemoval.Order(
                        request.number(),
                        "",
                        file -> file.partition().value(Columns.EVENT_DATE).isPresent(),
                        isErased(request),
                        Counting.DATA_CENTERS),
                Long.MAX_VALUE,
                metadata -> metadata instanceof MergeMetadata merge ? merge.erasures() : -1);
    }

    private Search quarantine(ErasureRequest request) {
        Column isRejected = request.rejected().stream().map(Erasures::is).reduce(lit(false), Column::or);
        return new Search(
                TableDefinition.quarantine(lake),
                new RowRemoval.Order(request.number(), "", file -> true, isRejected, Counting.BATCHES),
                Long.MAX_VALUE,
                Erasures::knownToBatch);
    }

    private static long knownToBatch(CommitMetadata metadata) {
        return metadata instanceof BatchMetadata batch ? batch.erasures() : -1;
    }

    private static Column is(RejectedRecord record) {
        return col(Columns.KAFKA_CLUSTER)
                .equalTo(record.partition().dataCenter())
                .and(col(Columns.KAFKA_TOPIC).equalTo(record.partition().topic()))
                .and(col(Columns.KAFKA_PARTITION).equalTo(record.partition().partition()))
                .and(col(Columns.KAFKA_OFFSET).equalTo(record.offset()))
                .and(
                        record.topicId().isEmpty()
                                ? col(Columns.KAFKA_TOPIC_ID).isNull()
                                : col(Columns.KAFKA_TOPIC_ID).equalTo(record.topicId()));
    }

    private static Column isErased(ErasureRequest request) {
        return ErasedEvents.of(List.of(request)).contain(col(Columns.DATA_CENTER), col(Columns.EVENT_ID));
    }

    /**
     * Searches a table if a row may have come since the search before.
     *
     * @return whether none can come any more
     */
    private boolean search(Searched wanted) {
        Search search = wanted.search();
        CommitLog log = new CommitLog(search.table().path(), hadoop());
        Optional<ErasurePass> last = wanted.last();
        long newest = log.newestVersion();
        ErasureAwareness writers = ErasureAwareness.of(
                log,
                newest,
                last.map(ErasurePass::version).orElse(-1L),
                wanted.request().number(),
                search.known());
        if (last.isPresent() && writers.leaveNothingNewTo(last.get(), search.watermark())) {
            return writers.allKnow() && writers.areCoveredBy(last.get());
        }
        ErasurePass pass = searchNow(wanted, last.map(ErasurePass::version));
        wanted.passes().add(pass);
        long removed = pass.removals().stream()
                .flatMap(removal -> removal.rows().values().stream())
                .mapToLong(Long::longValue)
                .sum();
        LOG.info(
                "merge[erasure={}]: {} rows removed from {}, searched at version {}",
                pass.erasure(),
                removed,
                pass.table(),
                pass.version());
        return writers.allKnow() && writers.areCoveredBy(pass);
    }

    private ErasurePass searchNow(Searched wanted, Optional<Long> before) {
        TableDefinition table = wanted.search().table();
        RowRemoval removal = new RowRemoval(spark, table);
        for (int attempt = 1; ; attempt++) {
            try {
                RowRemoval.Outcome outcome = removal.run(wanted.search().order());
                long from = before.orElseGet(
                        () -> wanted.request().versions().getOrDefault(table.name(), outcome.version()));
                return new ErasurePass(
                        wanted.request().number(),
                        table.name(),
                        outcome.version(),
                        wanted.search().watermark(),
                        removals(table, wanted.request().number(), from));
            } catch (DeltaConcurrentModificationException e) {
                if (attempt == MAX_ATTEMPTS) {
                    throw e;
                }
                LOG.info(
                        "merge[erasure={}]: {} is searched again, another writer was in the way: {}",
                        wanted.request().number(),
                        table.name(),
                        e.getMessage());
            }
        }
    }

    /** By the log, so that commits of a run that was killed are among them. */
    private List<ErasurePass.Removal> removals(TableDefinition table, long erasure, long after) {
        ActionLog actions = new ActionLog(table.path(), hadoop());
        List<ErasurePass.Removal> removals = new ArrayList<>();
        for (Commit commit : new CommitLog(table.path(), hadoop()).after(after)) {
            if (commit.metadata().orElse(null) instanceof RemovalMetadata removal && removal.erasure() == erasure) {
                removals.add(new ErasurePass.Removal(
                        commit.version(),
                        Instant.ofEpochMilli(commit.timestamp()),
                        removal.dataCenters(),
                        actions.actions(commit.version()).orElseThrow().removed().stream()
                                .map(RemoveAction::path)
                                .toList()));
            }
        }
        return removals;
    }

    private Configuration hadoop() {
        return spark.sessionState().newHadoopConf();
    }
}
