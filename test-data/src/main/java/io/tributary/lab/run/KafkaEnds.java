package io.tributary.lab.run;

import io.tributary.offsets.TopicPartitionId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Where each partition ends now, asked of the clusters themselves. */
public final class KafkaEnds {

    private KafkaEnds() {}

    public static Map<TopicPartitionId, Long> of(Map<String, String> bootstrapServers, String topic) {
        Map<TopicPartitionId, Long> ends = new TreeMap<>();
        bootstrapServers.forEach((dataCenter, servers) -> {
            try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                    Map.of("bootstrap.servers", servers), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                        .map(partition -> new TopicPartition(topic, partition.partition()))
                        .toList();
                consumer.endOffsets(partitions)
                        .forEach((partition, end) ->
                                ends.put(new TopicPartitionId(dataCenter, topic, partition.partition()), end));
            }
        });
        return ends;
    }
}
