package io.tributary.lake.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.offsets.PartitionOffsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What somebody did to a data center by the command line: one line of the history beside the data-centers file.
 *
 * @param because why; empty if nobody said
 * @param changes what the stream does otherwise since, in words
 * @param drained of a drain: what its certificate says
 * @param overruled what spoke against it and was overruled with {@code --force}, in words
 */
public record RecordedChange(
        Instant at,
        String by,
        Action action,
        String dataCenter,
        String because,
        List<String> changes,
        Optional<Drained> drained,
        Optional<String> overruled) {

    /** What the name of the data-centers file is followed by in that of its history. */
    public static final String FILE_SUFFIX = ".history.jsonl";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The commands that change something, or promise it. */
    public enum Action {
        ADD,
        PAUSE,
        RESUME,
        DRAIN,
        REMOVE;

        /** As the command is written. */
        public String command() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Up to where a data center was drained.
     *
     * @param until the offset of each partition before which everything is merged
     * @param certificate the digest of the certificate
     */
    public record Drained(PartitionOffsets until, String certificate) {}

    /** A change against which nothing spoke. */
    public RecordedChange(
            Instant at,
            String by,
            Action action,
            String dataCenter,
            String because,
            List<String> changes,
            Optional<Drained> drained) {
        this(at, by, action, dataCenter, because, changes, drained, Optional.empty());
    }

    public RecordedChange {
        changes = List.copyOf(changes);
    }

    /** One line of JSON, without its line break. */
    public String toLine() {
        return toJson().toString();
    }

    ObjectNode toJson() {
        ObjectNode line = JSON.createObjectNode();
        line.put("at", at.toString());
        line.put("by", by);
        line.put("action", action.command());
        line.put("data_center", dataCenter);
        if (!because.isEmpty()) {
            line.put("because", because);
        }
        changes.forEach(line.putArray("changes")::add);
        drained.ifPresent(how -> {
            line.set("drained_until", how.until().toJson());
            line.put("certificate", how.certificate());
        });
        overruled.ifPresent(words -> line.put("forced_although", words));
        return line;
    }

    /** @throws IllegalArgumentException if the line has another form */
    public static RecordedChange parse(String line) {
        try {
            return fromJson(JSON.readTree(line));
        } catch (JsonProcessingException | DateTimeException e) {
            throw new IllegalArgumentException("no record of a change: " + line, e);
        }
    }

    static RecordedChange fromJson(JsonNode node) {
        List<String> changes = new ArrayList<>();
        node.path("changes").forEach(change -> changes.add(change.asText()));
        return new RecordedChange(
                Instant.parse(node.required("at").asText()),
                node.required("by").asText(),
                Action.valueOf(node.required("action").asText().toUpperCase(Locale.ROOT)),
                node.required("data_center").asText(),
                node.path("because").asText(),
                changes,
                Optional.ofNullable(node.get("drained_until"))
                        .map(until -> new Drained(
                                PartitionOffsets.fromJson(until),
                                node.required("certificate").asText())),
                Optional.ofNullable(node.get("forced_although")).map(JsonNode::asText));
    }
}
