package io.tributary.lab.run;

import io.tributary.config.DataCenter;
import io.tributary.config.DataCenters;
import io.tributary.config.StartingOffsets;
import io.tributary.lab.truth.Coordinates;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicIdentity;
import io.tributary.offsets.TopicName;
import io.tributary.offsets.TopicPartitionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which clusters of a run are read now, by the data-centers file, and under which names. */
record Readers(List<Reader> all) {

    private static final String LOOPBACK = "127.0.0.1:";

    /**
     * An entry of the file that is read.
     *
     * @param cluster the name under which the run knows it
     * @param isFromTheStart whether it begins at the first record, so that every record is to be read
     */
    record Reader(String name, String cluster, Set<String> topics, boolean isFromTheStart) {

        Reader {
            topics = Set.copyOf(topics);
        }
    }

    Readers {
        all = List.copyOf(all);
    }

    /**
     * @param clusters bootstrap servers of the run's clusters, by name
     * @param now a pause may end by itself
     */
    static Readers of(DataCenters listed, Map<String, String> clusters, Instant now) {
        List<Reader> readers = new ArrayList<>();
        for (DataCenter entry : listed.all()) {
            if (entry.isReadAt(now)) {
                clusters.forEach((cluster, address) -> {
                    if (isServedAt(entry, address)) {
                        readers.add(new Reader(
                                entry.name(),
                                cluster,
                                Set.copyOf(entry.topics()),
                                entry.start() instanceof StartingOffsets.Earliest));
                    }
                });
            }
        }
        return new Readers(readers);
    }

    private static boolean isServedAt(DataCenter entry, String address) {
        return Arrays.stream(entry.bootstrapServers().split(","))
                .map(server -> server.replaceFirst("^localhost:", LOOPBACK))
                .anyMatch(address::equals);
    }

    /**
     * How far the pipeline has to read.
     *
     * @param ends of the clusters' partitions, by the names of the clusters
     * @return the same of those that are read, by the names under which they are
     */
    Map<TopicPartitionId, Long> toBeRead(Map<TopicPartitionId, Long> ends) {
        Map<TopicPartitionId, Long> wanted = new TreeMap<>();
        ends.forEach((partition, end) -> all.stream()
                .filter(reader -> reader.cluster().equals(partition.dataCenter())
                        && reader.topics().contains(partition.topic()))
                .forEach(reader -> wanted.put(
                        new TopicPartitionId(reader.name(), partition.topic(), partition.partition()), end)));
        return wanted;
    }

    /**
     * The names under which a record must have been read: those of entries that are read, and those of entries that are
     * read no more if that began only after the record was. None if nobody was to read it.
     *
     * @param begins where reading began in each partition
     */
    List<String> namesFor(Coordinates at, ReadProgress progress, Map<TopicPartitionId, Long> begins) {
        Set<String> names = new LinkedHashSet<>();
        for (Reader reader : all) {
            if (reader.cluster().equals(at.dataCenter()) && reader.topics().contains(at.topic())) {
                Long begin = begins.get(partition(reader.name(), at));
                if (reader.isFromTheStart() || (begin != null && at.offset() >= begin)) {
                    names.add(reader.name());
                }
            }
        }
        for (Map.Entry<TopicName, TopicIdentity> topic : progress.identities().entrySet()) {
            String name = topic.getKey().dataCenter();
            if (topic.getKey().topic().equals(at.topic())
                    && topic.getValue().topicId().equals(at.topicId())
                    && wasRead(partition(name, at), at.offset(), progress, begins)) {
                names.add(name);
            }
        }
        return List.copyOf(names);
    }

    private static TopicPartitionId partition(String name, Coordinates at) {
        return new TopicPartitionId(name, at.topic(), at.partition());
    }

    private static boolean wasRead(
            TopicPartitionId partition, long offset, ReadProgress progress, Map<TopicPartitionId, Long> begins) {
        return offset >= begins.getOrDefault(partition, 0L)
                && offset < progress.positions().of(partition).orElse(0L)
                && progress.pendingOf(partition).stream()
                        .noneMatch(range -> range.from() <= offset && offset < range.until());
    }
}
