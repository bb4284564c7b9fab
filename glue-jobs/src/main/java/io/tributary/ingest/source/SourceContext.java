package io.tributary.ingest.source;

import io.tributary.config.DataCenter;
import io.tributary.ingest.discovery.DataCenterRegistry;
import io.tributary.ingest.discovery.DataCenterStore;
import io.tributary.ingest.discovery.OffsetFetcher;
import io.tributary.ingest.plan.FlowReport;
import io.tributary.ingest.plan.RejectBreaker;
import io.tributary.ingest.read.ConsumerOptions;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.replay.ReplayRequests;
import io.tributary.metrics.Metrics;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * Everything that the source works with, handed in once by the job.
 *
 * <p>Spark creates the source itself and passes only text to it. So {@link #load} keeps the context on the driver under
 * a random id and gives Spark the id. When Spark creates the source, the source takes the context by that id.
 *
 * @param registry which data centers are to be read
 * @param store saves the last known options of each data center
 * @param offsetFetcher fetches the offsets of the clusters
 * @param consumers resolves the consumer options of a data center
 * @param commits the newest batch commit in the lake's log
 * @param breaker halts data centers of which most records are rejected
 * @param replays what operators ask to be read by the stream
 * @param metrics where lag and halted data centers are published; the job closes it
 * @param flow is told at each trigger how the data centers do
 */
public record SourceContext(
        SourceOptions options,
        DataCenterRegistry registry,
        DataCenterStore store,
        OffsetFetcher offsetFetcher,
        Consumers consumers,
        BatchCommits commits,
        RejectBreaker breaker,
        ReplayRequests replays,
        Metrics metrics,
        FlowReport flow,
        Clock clock) {

    /** The option that carries the id. */
    private static final String ID = "contextId";

    /** Contexts that were loaded and not yet taken by a source. */
    private static final ConcurrentMap<String, SourceContext> LOADED = new ConcurrentHashMap<>();

    /** The newest batch commit in the lake's log: what the last micro-batch really carried, and how fast. */
    @FunctionalInterface
    public interface BatchCommits {
        Optional<BatchMetadata> newest();
    }

    /** Gives the consumer options of a data center. It may ask a store of secrets, from any thread. */
    @FunctionalInterface
    public interface Consumers {

        /** @throws RuntimeException if the options cannot be resolved; the message names no secret */
        ConsumerOptions optionsOf(DataCenter center);
    }

    /** The records of all data centers as a stream, in the columns of {@code SourceColumns}; for one query. */
    public Dataset<Row> load(SparkSession spark) {
        String id = UUID.randomUUID().toString();
        LOADED.put(id, this);
        return spark.readStream()
                .format(DataCentersProvider.class.getName())
                .option(ID, id)
                .load();
    }

    /** For whoever writes what the stream has read. */
    public TopicsAfterReading topicsAfterReading() {
        return new TopicsAfterReading(offsetFetcher, options.metadataTimeout());
    }

    /** @throws IllegalStateException if the source was not made by {@link #load}, or is made a second time */
    static SourceContext take(String id) {
        SourceContext context = id == null ? null : LOADED.remove(id);
        if (context == null) {
            throw new IllegalStateException("The source of the data centers was not loaded by the streaming job,"
                    + " or two queries were started from one load");
        }
        return context;
    }

    static String id(CaseInsensitiveStringMap options) {
        return options.get(ID);
    }
}
