package io.tributary.benchmark;

import io.tributary.config.PipelineConfig;
import io.tributary.ingest.IngestJob;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.commit.StagingLog;
import io.tributary.offsets.OffsetRange;
import io.tributary.runtime.JobRuntime;
import io.tributary.schema.Lake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;

/** The streaming job as it is deployed, until it has caught up. */
final class OurIngest implements IngestWay {

    private final String name;
    private final JobRuntime runtime;
    private final PipelineConfig config;
    private final Map<String, String> clusters;
    private final String topic;
    private final long records;
    private final Path dir;
    private final Lake lake;

    /**
     * @param event of the pipeline file, as YAML
     * @param clusters name to {@code host:port}
     * @param recordsABatch that each cluster contributes at most
     * @param records in all topics
     * @param dir for lake and checkpoints
     */
    OurIngest(
            String name,
            String event,
            JobRuntime runtime,
            Map<String, String> clusters,
            String topic,
            int recordsABatch,
            long records,
            Path dir) {
        this.name = name;
        this.runtime = runtime;
        this.config = PipelineConfig.parse(
                "event: " + event + "\ntrigger: {interval: 1s, max_records_per_data_center: " + recordsABatch + "}",
                "the benchmark");
        this.clusters = new TreeMap<>(clusters);
        this.topic = topic;
        this.records = records;
        this.dir = dir;
        this.lake = Lake.of(Optional.of(dir.resolve("lake").toUri().toString()), config);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean keepsRepeated() {
        return false;
    }

    @Override
    public void prepare() {
        StringBuilder entries = new StringBuilder("data_centers:\n");
        clusters.forEach((name, servers) -> entries.append("  - {name: ")
                .append(name)
                .append(", bootstrap_servers: \"")
                .append(servers)
                .append("\", topics: [")
                .append(topic)
                .append("]}\n"));
        try {
            Files.writeString(Files.createDirectories(dir).resolve("data-centers.yaml"), entries);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void run() {
        StagingLog log = new StagingLog(
                new CommitLog(lake.staging(), runtime.spark().sessionState().newHadoopConf()));
        String file = dir.resolve("data-centers.yaml").toUri().toString();
        try {
            StreamingQuery query = new IngestJob(runtime, config, file, lake, lake.defaultCheckpoint()).start();
            boolean isOver = false;
            while (read(log) < records && !isOver) {
                isOver = query.awaitTermination(50);
            }
            query.stop();
        } catch (StreamingQueryException | TimeoutException e) {
            throw new IllegalStateException(name() + " failed", e);
        }
    }

    /** Without ranges that were begun and deferred, such as those of more bytes than a task may take at once. */
    private static long read(StagingLog log) {
        return log.newest()
                .map(BatchMetadata::readProgress)
                .map(progress -> progress.positions().offsets().values().stream()
                                .mapToLong(Long::longValue)
                                .sum()
                        - progress.pending().stream()
                                .mapToLong(OffsetRange::offsets)
                                .sum())
                .orElse(0L);
    }

    @Override
    public Dataset<Row> rows() {
        return runtime.spark().read().format("delta").load(lake.staging());
    }
}
