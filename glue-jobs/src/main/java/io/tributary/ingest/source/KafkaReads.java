package io.tributary.ingest.source;

import io.tributary.account.OffsetRange;
import io.tributary.account.PartitionId;
import io.tributary.config.DataCenter;
import io.tributary.config.ResolvedOptions;
import io.tributary.config.Secrets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.kafka010.KafkaSourceProvider;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * Plans the reading of offset ranges with Spark's own Kafka source, one for each data centre. Planning a range between
 * two known offsets asks Kafka nothing.
 */
final class KafkaReads implements DataCentersStream.Reads {

    /** What bounds the time that a dead cluster can hold up a task; the data centre's own options go before them. */
    private static final Map<String, String> BOUNDS = Map.of(
            "kafka.default.api.timeout.ms", "3000",
            "kafka.request.timeout.ms", "5000",
            "kafka.socket.connection.setup.timeout.ms", "3000",
            "kafkaConsumer.pollTimeoutMs", "6000",
            "fetchOffset.numRetries", "1");

    private final String checkpoint;
    private final Secrets secrets;
    private final Map<Login, MicroBatchStream> streams = new HashMap<>();

    /** A data centre with its secrets as they are now; a renewed one makes a new stream, and so new connections. */
    private record Login(DataCenter center, ResolvedOptions options) {}

    KafkaReads(String checkpoint, Secrets secrets) {
        this.checkpoint = checkpoint;
        this.secrets = secrets;
    }

    @Override
    public RangeRead plan(DataCenter center, OffsetRange range) {
        MicroBatchStream stream = streams.computeIfAbsent(new Login(center, secrets.options(center)), this::open);
        PartitionId partition = range.partition();
        InputPartition[] planned = stream.planInputPartitions(
                stream.deserializeOffset(offset(partition, range.from())),
                stream.deserializeOffset(offset(partition, range.until())));
        if (planned.length != 1) {
            throw new IllegalStateException("Spark planned " + planned.length + " reads for one range of " + partition);
        }
        return RangeRead.of(range, planned[0], stream.createReaderFactory());
    }

    private static String offset(PartitionId partition, long offset) {
        return "{\"" + partition.topic() + "\":{\"" + partition.partition() + "\":" + offset + "}}";
    }

    private MicroBatchStream open(Login login) {
        DataCenter center = login.center();
        Map<String, String> settings = new TreeMap<>(BOUNDS);
        settings.put("subscribe", String.join(",", center.topics()));
        settings.put("failOnDataLoss", "true");
        settings.put("kafka.bootstrap.servers", center.bootstrapServers());
        login.options().forClient().forEach((key, value) -> settings.put("kafka." + key, value));
        CaseInsensitiveStringMap options = new CaseInsensitiveStringMap(settings);
        TableProvider kafka = new KafkaSourceProvider();
        SupportsRead table = (SupportsRead) kafka.getTable(kafka.inferSchema(options), new Transform[0], options);
        return table.newScanBuilder(options).build().toMicroBatchStream(checkpoint + "/" + center.name());
    }

    @Override
    public void close() {
        streams.values().forEach(MicroBatchStream::stop);
    }
}
