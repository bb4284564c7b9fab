package io.tributary.model;

import io.delta.tables.DeltaTable;
import io.tributary.columns.Columns;
import io.tributary.compaction.MergeJob;
import io.tributary.compaction.merge.Merger;
import io.tributary.config.DedupScope;
import io.tributary.config.PipelineConfig;
import io.tributary.error.OperatorActionException;
import io.tributary.ingest.decode.Decoding;
import io.tributary.ingest.dedup.Deduplication;
import io.tributary.ingest.dedup.OnTime;
import io.tributary.ingest.discovery.OffsetBounds;
import io.tributary.ingest.plan.FlowReport;
import io.tributary.ingest.read.RangeOutcome;
import io.tributary.ingest.read.SourceColumns;
import io.tributary.ingest.write.BatchWriter;
import io.tributary.ingest.write.QuarantineOrphans;
import io.tributary.ingest.write.QuarantineTable;
import io.tributary.ingest.write.StagingTable;
import io.tributary.lake.LakeTables;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.commit.DedupStateInfo;
import io.tributary.lake.commit.StagingLog;
import io.tributary.lake.erasure.ErasureRequests;
import io.tributary.lake.view.LakeSql;
import io.tributary.metrics.Metrics;
import io.tributary.offsets.PartitionOffsets;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicPartitionId;
import io.tributary.runtime.HadoopFiles;
import io.tributary.runtime.LocalRuntime;
import io.tributary.schema.Lake;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;

/**
 * The jobs from behind the source on: decoding, deduplication with its state and checkpoint, both writes, the merge and
 * the view, over real Delta tables; with a clock and records of the test's own.
 */
public final class Pipeline implements AutoCloseable {

    private static final String TOPIC = "t";
    private static final int UNKNOWN_LEADER_EPOCH = -1;
    private static final String TOPIC_IDENTITY = "cluster/topic";

    private final LocalRuntime runtime;
    private PipelineConfig config;
    private final Path dir;
    private final Lake lake;
    private final LakeSql sql;
    private final FlowReport flow = FlowReport.untold();
    private final Map<String, Long> offsets = new TreeMap<>();
    private DedupStateInfo state;
    private int checkpoints;
    private MemorySource source;
    private StreamingQuery query;
    private volatile Instant now;

    /** @param dir keeps the checkpoints */
    public Pipeline(
            LocalRuntime runtime, PipelineConfig config, Lake lake, Path dir, List<String> dataCenters, Instant now)
            throws TimeoutException, StreamingQueryException {
        this.runtime = runtime;
        this.config = config;
        this.dir = dir;
        this.now = now;
        this.lake = lake;
        new LakeTables(runtime.spark()).ensure(lake, config.columns());
        this.sql = new LakeSql(runtime.spark(), lake);
        this.state = state(config);
        this.source = emptySource();
        start();
        dataCenters.forEach(name -> offsets.put(name, 0L));
        // A partition that is new to a lake enters it with an empty range.
        take(dataCenters.stream().map(name -> closing(name, 0, 0)).toList());
    }

    private static DedupStateInfo state(PipelineConfig config) {
        return new DedupStateInfo(
                config.dedup().scope().name(),
                config.dedup().window(),
                OnTime.allowance(config),
                config.dedup().statePartitions(),
                Optional.empty());
    }

    private MemorySource emptySource() {
        return new MemorySource(runtime.spark(), SourceColumns.SCHEMA);
    }

    private void start() throws TimeoutException {
        Configuration hadoop = runtime.spark().sessionState().newHadoopConf();
        StagingLog log = new StagingLog(new CommitLog(lake.staging(), hadoop));
        CommitLog quarantined = new CommitLog(lake.quarantine(), hadoop);
        Optional<BatchMetadata> newest = log.newest();
        query = new Deduplication(config.dedup().window())
                .apply(new Decoding(config).apply(source.rows()))
                .writeStream()
                .option("checkpointLocation", checkpoint().toString())
                .foreachBatch(new BatchWriter(
                        checkpoint().getFileName().toString(),
                        state,
                        newest.map(BatchMetadata::sequence).orElse(0L),
                        read -> {},
                        log,
                        new StagingTable(runtime.spark(), lake.staging(), config),
                        new QuarantineTable(
                                runtime.spark(),
                                lake.quarantine(),
                                quarantined,
                                QuarantineOrphans.find(
                                        quarantined,
                                        newest,
                                        new HadoopFiles(hadoop),
                                        dir.resolve("orphans.json").toUri().toString())),
                        dir.resolve("scratch").toString(),
                        Metrics.NONE,
                        flow,
                        new ErasureRequests(lake.erasures(), new HadoopFiles(hadoop)),
                        new HandClock()))
                .start();
    }

    private Path checkpoint() {
        return dir.resolve(dir.getFileName() + "-" + checkpoints);
    }

    /**
     * A record as a data center's Kafka holds it.
     *
     * @param age how long before its batch it was appended
     */
    public record Sent(String dataCenter, String value, Duration age) {

        /** A record that is read as soon as it is appended. */
        public Sent(String dataCenter, String value) {
            this(dataCenter, value, Duration.ZERO);
        }

        /** An event of nothing but its identity and its time. */
        public static Sent event(String dataCenter, String id, Instant happened) {
            return new Sent(dataCenter, "{\"event_id\":\"" + id + "\",\"event_time\":\"" + happened + "\"}");
        }
    }

    /** A micro-batch of these. */
    public void arrive(List<Sent> records, Instant at) throws StreamingQueryException {
        now = at;
        List<Row> rows = new ArrayList<>();
        Map<String, Long> from = new TreeMap<>(offsets);
        for (Sent record : records) {
            long offset = offsets.merge(record.dataCenter(), 1L, Long::sum) - 1;
            byte[] value = record.value().getBytes(StandardCharsets.UTF_8);
            rows.add(row(record.dataCenter(), offset, at.minus(record.age()), value, null, null, null));
        }
        offsets.forEach((dataCenter, until) -> {
            if (until > from.get(dataCenter)) {
                rows.add(closing(dataCenter, from.get(dataCenter), until));
            }
        });
        flow.planned(now.toEpochMilli(), bounds(), new ReadProgress(positions(), new TreeSet<>()));
        take(rows);
    }

    /** Every data center answers, and has no more than what arrived. */
    private SortedMap<String, OffsetBounds> bounds() {
        SortedMap<String, OffsetBounds> bounds = new TreeMap<>();
        offsets.keySet().forEach(name -> {
            PartitionOffsets own = positions().dataCenter(name);
            bounds.put(name, new OffsetBounds(PartitionOffsets.EMPTY, own, own));
        });
        return bounds;
    }

    private PartitionOffsets positions() {
        SortedMap<TopicPartitionId, Long> positions = new TreeMap<>();
        offsets.forEach((name, offset) -> positions.put(new TopicPartitionId(name, TOPIC, 0), offset));
        return new PartitionOffsets(positions);
    }

    private void take(List<Row> rows) throws StreamingQueryException {
        source.add(rows);
        query.processAllAvailable();
    }

    private Row closing(String dataCenter, long from, long until) {
        return row(dataCenter, from, null, null, RangeOutcome.READ.name(), until, until - from);
    }

    private Row row(
            String dataCenter, long offset, Instant appended, byte[] value, String kind, Long until, Long read) {
        Long millis = kind == null ? null : 1L;
        Integer leaderEpoch = kind == null ? null : UNKNOWN_LEADER_EPOCH;
        return RowFactory.create(
                dataCenter,
                TOPIC,
                0,
                offset,
                appended,
                value,
                now,
                kind,
                until,
                read,
                millis,
                leaderEpoch,
                null,
                TOPIC_IDENTITY,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** One run of the merge job; rollups that cannot be computed must not keep it from anything else. */
    public void merge() {
        try {
            new MergeJob(runtime, config, lake).run();
        } catch (OperatorActionException e) {
            if (!e.getMessage().contains("is no rollup")) {
                throw e;
            }
        }
    }

    /** Puts a table of another kind where each rollup belongs, so that every update of it fails. */
    void blockRollups() {
        config.rollups().forEach(rollup -> runtime.spark()
                .sql("CREATE TABLE delta.`" + lake.rollup(rollup) + "` (a INT) USING delta"));
    }

    /** A merge that somebody undoes at once, as after a mistake. */
    void undoneMerge() {
        CommitLog log =
                new CommitLog(lake.merged(), runtime.spark().sessionState().newHadoopConf());
        long before = log.newestVersion();
        new Merger(runtime.spark(), config, lake).run();
        if (log.newestVersion() > before) {
            DeltaTable.forPath(runtime.spark(), lake.merged()).restoreToVersion(before);
        }
    }

    void restart() throws TimeoutException {
        query.stop();
        start();
    }

    void replay() throws TimeoutException, StreamingQueryException, IOException {
        query.stop();
        Path commits = checkpoint().resolve("commits");
        for (long batch = 0; Files.exists(commits.resolve(Long.toString(batch))); batch++) {
            if (!Files.exists(commits.resolve(Long.toString(batch + 1)))) {
                Files.delete(commits.resolve(Long.toString(batch)));
                Files.deleteIfExists(commits.resolve("." + batch + ".crc"));
            }
        }
        start();
        query.processAllAvailable();
    }

    void loseCheckpoint(Instant at) throws TimeoutException {
        reconfigure(config, at);
    }

    void reconfigure(PipelineConfig another, Instant at) throws TimeoutException {
        query.stop();
        checkpoints++;
        config = another;
        state = state(config).startingAt(at.toEpochMilli());
        source = emptySource();
        now = at;
        start();
    }

    /** The identities that the view shows, as often as it shows them, sorted. */
    List<String> shown() {
        String identity = config.dedup().scope() == DedupScope.GLOBAL
                ? Columns.EVENT_ID
                : "concat(" + Columns.DATA_CENTER + ", '/', " + Columns.EVENT_ID + ")";
        return sql.query("SELECT " + identity + " FROM " + lake.names().view()).collectAsList().stream()
                .map(row -> row.getString(0))
                .sorted()
                .toList();
    }

    @Override
    public void close() throws TimeoutException {
        query.stop();
    }

    /** Shows the time of the last thing that happened. */
    private final class HandClock extends Clock {

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("no job asks for it");
        }
    }
}
