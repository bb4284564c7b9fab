package io.tributary.ingest;

import io.tributary.aws.s3.ConditionalCheckpointFiles;
import io.tributary.aws.secrets.SecretsManagerStore;
import io.tributary.config.DataCenterAccess;
import io.tributary.config.PipelineConfig;
import io.tributary.config.Secrets;
import io.tributary.ingest.decode.Decoding;
import io.tributary.ingest.dedup.Deduplication;
import io.tributary.ingest.discovery.DataCenterRegistry;
import io.tributary.ingest.discovery.DataCenterStore;
import io.tributary.ingest.discovery.KafkaCluster;
import io.tributary.ingest.discovery.LastGoodFile;
import io.tributary.ingest.discovery.OffsetFetcher;
import io.tributary.ingest.plan.FlowReport;
import io.tributary.ingest.plan.RejectBreaker;
import io.tributary.ingest.plan.StreamStatusFile;
import io.tributary.ingest.recovery.CheckpointRecovery;
import io.tributary.ingest.recovery.CheckpointStart;
import io.tributary.ingest.recovery.Checkpoints;
import io.tributary.ingest.recovery.StartPosition;
import io.tributary.ingest.recovery.Supervisor;
import io.tributary.ingest.source.ConsumerOptionsResolver;
import io.tributary.ingest.source.SourceContext;
import io.tributary.ingest.source.SourceOffset;
import io.tributary.ingest.source.SourceOptions;
import io.tributary.ingest.state.StateStoreClass;
import io.tributary.ingest.write.BatchWriter;
import io.tributary.ingest.write.QuarantineOrphans;
import io.tributary.ingest.write.QuarantineTable;
import io.tributary.ingest.write.StagingTable;
import io.tributary.job.JobContext;
import io.tributary.lake.LakeTables;
import io.tributary.lake.MergeWatermark;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.commit.StagingLog;
import io.tributary.lake.erasure.ErasureRequests;
import io.tributary.lake.replay.ReplayRequests;
import io.tributary.metrics.Metrics;
import io.tributary.offsets.PartitionOffsets;
import io.tributary.runtime.HadoopFiles;
import io.tributary.runtime.HadoopSettings;
import io.tributary.runtime.JobExit;
import io.tributary.runtime.JobRuntime;
import io.tributary.runtime.ProcessClock;
import io.tributary.schema.Lake;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The streaming job.
 *
 * <pre>
 *  data-centers file ──┐ read at every trigger
 *                      ▼
 *  Kafka A ─┐
 *  Kafka B ─┼─► source ──► decode ──► dedup ──► write ─┬─► events_quarantine   rejected records
 *  Kafka C ─┘   (one       event or   first of         └─► events_staging      events, and in the same commit the
 *               for all)   rejection  each identity                           offsets and counts of the batch
 * </pre>
 *
 * <p><b>Delivery.</b> Every record of every active data center is staged, dropped as a duplicate, or quarantined. The
 * batch's commit metadata says how many records were which. An event that was staged is not staged again within the
 * dedup window. A later copy may be staged again. It is not {@code on_time}, and the merge drops it.
 *
 * <p>A batch counts from its staging commit on. If the job is killed, its next start repeats the batch or finds it
 * committed. The offsets in the staging table's log are the truth. A lost checkpoint costs only the deduplication
 * state, and {@code on_time} takes that into account. See {@code docs/glossary.md} for the terms.
 */
public final class IngestJob {

    private static final Logger LOG = LoggerFactory.getLogger(IngestJob.class);
    private static final long STOP_SECONDS = 30;

    private final SparkSession spark;
    private final Clock clock;
    private final PipelineConfig config;
    private final String dataCentersFile;
    private final DataCenterAccess access;
    private final Lake lake;
    private final Checkpoints checkpoints;
    private final CheckpointRecovery checkpointRecovery;
    private final Metrics metrics;
    private final StreamStatusFile status;
    private final FlowReport flow;

    /**
     * @param dataCentersFile URI of the data-centers file
     * @param checkpoints URI of the folder that checkpoints lie in
     */
    public IngestJob(JobRuntime runtime, PipelineConfig config, String dataCentersFile, Lake lake, String checkpoints) {
        this(runtime, config, dataCentersFile, DataCenterAccess.LOCAL, lake, checkpoints, Metrics.NONE);
    }

    /**
     * @param dataCentersFile URI of the data-centers file
     * @param checkpoints URI of the folder with the checkpoints
     * @param access which secrets, files and classes the data centers may use
     * @param metrics for the batches and for the source; the caller closes it
     */
    public IngestJob(
            JobRuntime runtime,
            PipelineConfig config,
            String dataCentersFile,
            DataCenterAccess access,
            Lake lake,
            String checkpoints,
            Metrics metrics) {
        this.spark = runtime.spark();
        this.clock = runtime.clock();
        this.config = config;
        this.dataCentersFile = dataCentersFile;
        this.access = access;
        this.lake = lake;
        this.metrics = metrics;
        HadoopFiles files = new HadoopFiles(hadoop());
        this.status = new StreamStatusFile(lake.streamStatus(), dataCentersFile, files);
        this.flow = new FlowReport(config.trigger().interval(), status.last(), status);
        this.checkpoints = new Checkpoints(checkpoints, files);
        this.checkpointRecovery = new CheckpointRecovery(this::log, this.checkpoints);
    }

    public static void main(String[] arguments) throws Exception {
        JobExit.end("ingest", () -> run(IngestArguments.parse(arguments)), System::exit);
    }

    private static void run(IngestArguments arguments) throws Exception {
        JobContext context = JobContext.read(arguments.job());
        HadoopFiles files = new HadoopFiles(HadoopSettings.ofProcess());
        String checkpoints = arguments.checkpoint().orElseGet(context.lake()::defaultCheckpoint);
        // Before Spark starts and before a table is created.
        DataCenterRegistry.require(
                arguments.dataCenters(),
                arguments.access(),
                new Checkpoints(checkpoints, files).dataCenters(),
                files,
                ProcessClock.ofProcess());
        context.run("tributary-ingest", (runtime, metrics) -> {
            IngestJob job = new IngestJob(
                    runtime,
                    context.config(),
                    arguments.dataCenters(),
                    arguments.access(),
                    context.lake(),
                    checkpoints,
                    metrics);
            Supervisor supervisor = new Supervisor(
                    job::start, job.recovery(), pause -> Thread.sleep(pause.toMillis()), runtime.clock(), job::end);
            // This hook runs before Spark's own, which would stop Spark under a query that is still running.
            ShutdownHookManager.get()
                    .addShutdownHook(supervisor::stop, Integer.MAX_VALUE, STOP_SECONDS, TimeUnit.SECONDS);
            supervisor.run();
        });
    }

    /**
     * Starts the query where the lake's log ends.
     *
     * @return the running query; the caller waits for it or stops it
     */
    public StreamingQuery start() throws TimeoutException {
        new LakeTables(spark).ensure(lake, config.columns());
        spark.conf().set(ConditionalCheckpointFiles.SETTING, ConditionalCheckpointFiles.class.getName());
        spark.conf()
                .set(StateStoreClass.SETTING, StateStoreClass.of(config.dedup().stateStore()));
        // Without this, Spark 4 would write a checksum beside a state file that another attempt has created.
        spark.conf().set("spark.sql.streaming.checkpoint.fileChecksum.enabled", "false");
        // Each commit would write the list of all files of its table beside it, which in time outgrows the events.
        spark.conf().set("spark.databricks.delta.allFilesInCrc.enabled", "false");
        StagingLog log = log();
        StartPosition startPosition =
                StartPosition.decide(log.newest(), this::isMerged, config, checkpoints::beginningOf, clock.millis());
        checkpointRecovery.runsOn(startPosition.checkpoint());
        CheckpointStart beginning = startPosition.isNew()
                ? checkpoints.begin(startPosition.checkpoint(), startPosition.beginning())
                : startPosition.beginning();
        tell(startPosition);
        SourceContext source = source(beginning, log);
        return query(source)
                .writeStream()
                .queryName("tributary-ingest")
                .trigger(Trigger.ProcessingTime(config.trigger().interval().toMillis()))
                .option("checkpointLocation", checkpoints.checkpoint(startPosition.checkpoint()))
                .foreachBatch(new BatchWriter(
                        startPosition.checkpoint(),
                        startPosition.state(),
                        startPosition.after(),
                        source.topicsAfterReading()::require,
                        log,
                        new StagingTable(spark, lake.staging(), config),
                        quarantine(log.newest()),
                        checkpoints.checkpoint(startPosition.checkpoint()) + "/scratch",
                        metrics,
                        flow,
                        new ErasureRequests(lake.erasures(), new HadoopFiles(hadoop())),
                        clock))
                .start();
    }

    private void end() {
        status.end(clock.instant());
    }

    /** Decides how a failed query can continue. */
    Supervisor.Recovery recovery() {
        return checkpointRecovery;
    }

    /**
     * Abandons the checkpoint if a batch that is in the lake cannot be read again. Call it while no query runs.
     *
     * @return false if the query failed for another reason, or if a plain restart may help
     */
    public boolean gaveUpCheckpoint(Throwable failure) {
        return checkpointRecovery.resolve(failure);
    }

    private void tell(StartPosition startPosition) {
        PartitionOffsets positions = startPosition.beginning().readProgress().positions();
        LOG.info(
                "ingest[checkpoint={}]: {} at {} partitions of {} data centers",
                startPosition.checkpoint(),
                startPosition.isNew() ? "begins" : "goes on",
                positions.offsets().size(),
                positions.dataCenters().size());
        startPosition.warning().ifPresent(LOG::warn);
    }

    /** Whether the merged table holds events. A new staging table may receive these events once more. */
    private boolean isMerged() {
        CommitLog merged = new CommitLog(lake.merged(), hadoop());
        MergeWatermark position = MergeWatermark.at(merged.newestVersion(), merged, () -> spark.read()
                .format("delta")
                .load(lake.merged()));
        return !position.equals(MergeWatermark.START);
    }

    private Dataset<Row> query(SourceContext source) {
        Dataset<Row> decoded = new Decoding(config).apply(source.load(spark));
        return new Deduplication(config.dedup().window()).apply(decoded);
    }

    private SourceContext source(CheckpointStart beginning, StagingLog log) {
        HadoopFiles files = new HadoopFiles(hadoop());
        String folder = checkpoints.dataCenters();
        Secrets secrets = Secrets.ofThisProcess(new SecretsManagerStore(clock)).within(access);
        Duration timeout = config.trigger().metadataTimeout();
        return new SourceContext(
                new SourceOptions(
                        config.trigger().maxRecordsPerDataCenter(),
                        config.trigger().maxReplayRecords(),
                        config.trigger().interval(),
                        timeout,
                        config.eventTime().maxAhead().dividedBy(2),
                        SourceOffset.startingAt(beginning.minPlannedAt(), beginning.readProgress())),
                new DataCenterRegistry(dataCentersFile, access, files, new LastGoodFile(folder, files), clock),
                new DataCenterStore(folder, files),
                new OffsetFetcher(center -> new KafkaCluster(center, secrets, timeout), clock),
                new ConsumerOptionsResolver(secrets, config),
                log::newest,
                new RejectBreaker(config.breaker(), files, checkpoints.breaker()),
                new ReplayRequests(lake.replays(), files),
                metrics,
                flow,
                clock);
    }

    private QuarantineTable quarantine(Optional<BatchMetadata> newest) {
        CommitLog log = new CommitLog(lake.quarantine(), hadoop());
        return new QuarantineTable(
                spark,
                lake.quarantine(),
                log,
                QuarantineOrphans.find(log, newest, new HadoopFiles(hadoop()), checkpoints.quarantineOrphans()));
    }

    private StagingLog log() {
        return new StagingLog(new CommitLog(lake.staging(), hadoop()));
    }

    private Configuration hadoop() {
        return spark.sessionState().newHadoopConf();
    }
}
