package io.tributary.lake.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicPartitionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A request to read records by the stream, as a command wrote it.
 *
 * @param id names it; sorts by time
 * @param kind where the records are
 * @param by who asked
 * @param version of the staging table when it was asked
 * @param what is read, in words
 * @param inputs what exactly is read
 * @param groups for records of the quarantine how many are requested, by why they were rejected
 */
public record ReplayRequest(
        String id,
        Kind kind,
        Instant at,
        String by,
        Optional<String> because,
        long version,
        String what,
        List<ReplayInput> inputs,
        SortedMap<String, Long> groups) {

    /** Where the records are that a request names. */
    public enum Kind {
        /** In the quarantine; a copy of them lies beside the request. */
        QUARANTINE,
        /** In Kafka, at offsets that were read before. */
        KAFKA,
        /** In files that hold a JSON object in each line. */
        FILES
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern ID = Pattern.compile("[0-9a-z-]{1,60}");

    public ReplayRequest {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("not an id of a request: " + id);
        }
        inputs = List.copyOf(inputs);
        groups = new TreeMap<>(groups);
    }

    /** The input of a partition. */
    public Optional<ReplayInput> input(TopicPartitionId partition) {
        return inputs.stream()
                .filter(input -> input.partition().equals(partition))
                .findFirst();
    }

    /** Whether all of it is read, by the progress after a batch. */
    public boolean isDone(ReadProgress progress) {
        return inputs.stream()
                .allMatch(input -> progress.positions().of(input.partition()).orElse(-1L)
                                >= input.offsets().until()
                        && progress.pendingOf(input.partition()).isEmpty());
    }

    /** Whether a batch has begun with it. */
    public boolean isBegun(ReadProgress progress) {
        return inputs.stream()
                .anyMatch(input -> progress.positions().of(input.partition()).isPresent());
    }

    public String json() {
        ObjectNode root = JSON.createObjectNode();
        root.put("id", id);
        root.put("kind", kind.name());
        root.put("at", at.toString());
        root.put("by", by);
        because.ifPresent(why -> root.put("because", why));
        root.put("version", version);
        root.put("what", what);
        ObjectNode counts = root.putObject("groups");
        groups.forEach((name, count) -> counts.put(name, count.longValue()));
        for (ReplayInput input : inputs) {
            TopicPartitionId partition = input.partition();
            ObjectNode entry = root.withArray("/inputs").addObject();
            entry.put("data_center", partition.dataCenter());
            entry.put("topic", partition.topic());
            entry.put("partition", partition.partition());
            entry.put("from", input.offsets().from());
            entry.put("until", input.offsets().until());
            input.records().ifPresent(count -> entry.put("records", count.longValue()));
            input.file().ifPresent(file -> entry.put("file", file).put("length", input.length()));
            input.identity().ifPresent(identity -> entry.put("identity", identity));
        }
        return root.toPrettyString();
    }

    /** @throws IllegalArgumentException if the text is not a request */
    public static ReplayRequest parse(String text) {
        try {
            JsonNode root = JSON.readTree(text);
            List<ReplayInput> inputs = new ArrayList<>();
            root.path("inputs").forEach(entry -> inputs.add(input(entry)));
            SortedMap<String, Long> groups = new TreeMap<>();
            root.path("groups")
                    .properties()
                    .forEach(
                            entry -> groups.put(entry.getKey(), entry.getValue().asLong()));
            return new ReplayRequest(
                    root.required("id").asText(),
                    Kind.valueOf(root.required("kind").asText()),
                    Instant.parse(root.required("at").asText()),
                    root.required("by").asText(),
                    text(root, "because"),
                    root.required("version").asLong(),
                    root.required("what").asText(),
                    inputs,
                    groups);
        } catch (JsonProcessingException | RuntimeException e) {
            throw new IllegalArgumentException("not a request for a replay: " + e.getMessage(), e);
        }
    }

    private static ReplayInput input(JsonNode entry) {
        TopicPartitionId partition = new TopicPartitionId(
                entry.required("data_center").asText(),
                entry.required("topic").asText(),
                entry.required("partition").asInt());
        return new ReplayInput(
                new OffsetRange(
                        partition,
                        entry.required("from").asLong(),
                        entry.required("until").asLong()),
                Optional.ofNullable(entry.get("records")).map(JsonNode::asLong),
                text(entry, "file"),
                entry.path("length").asLong(),
                text(entry, "identity"));
    }

    private static Optional<String> text(JsonNode node, String name) {
        return Optional.ofNullable(node.get(name)).map(JsonNode::asText);
    }
}
