package io.tributary.lab.run;

import io.tributary.account.PartitionId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Where each partition ends now, asked of the clusters themselves. */
public final class KafkaEnds {

    private KafkaEnds() {}

    public static Map<PartitionId, Long> of(Map<String, String> bootstrapServers, String topic) {
        Map<PartitionId, Long> ends = new TreeMap<>();
        bootstrapServers.forEach((dataCenter, servers) -> {
            try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                    Map.of("bootstrap.servers", servers), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                        .map(partition -> new TopicPartition(topic, partition.partition()))
                        .toList();
                consumer.endOffsets(partitions)
                        .forEach((partition, end) ->
                                ends.put(new PartitionId(dataCenter, topic, partition.partition()), end));
            }
        });
        return ends;
    }
}
