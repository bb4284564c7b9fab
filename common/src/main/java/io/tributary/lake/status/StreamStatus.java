package io.tributary.lake.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.config.AcceptedRejects;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The state of the streaming job's source at one trigger. The job replaces it at triggers and when it ends, so a status
 * that is old says that the job was killed.
 *
 * @param at the time of the trigger
 * @param interval between two triggers
 * @param isFileUsable whether the data-centers file could be used; if not, the last good one is in force
 * @param dataCenters all data centers in force, by name
 * @param changes who changed data centers by the command line lately, in that order
 * @param endedAt when the job ended; empty while it runs, and if it was killed
 */
public record StreamStatus(
        Instant at,
        Duration interval,
        boolean isFileUsable,
        SortedMap<String, DataCenterStatus> dataCenters,
        List<RecordedChange> changes,
        Optional<Instant> endedAt) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KIND = "stream_status";

    public StreamStatus {
        dataCenters = Collections.unmodifiableSortedMap(new TreeMap<>(dataCenters));
        changes = List.copyOf(changes);
    }

    /** A status that says nothing of who changed what. */
    public StreamStatus(
            Instant at, Duration interval, boolean isFileUsable, SortedMap<String, DataCenterStatus> dataCenters) {
        this(at, interval, isFileUsable, dataCenters, List.of());
    }

    /** The status of a job that runs. */
    public StreamStatus(
            Instant at,
            Duration interval,
            boolean isFileUsable,
            SortedMap<String, DataCenterStatus> dataCenters,
            List<RecordedChange> changes) {
        this(at, interval, isFileUsable, dataCenters, changes, Optional.empty());
    }

    public StreamStatus withChanges(List<RecordedChange> recent) {
        return new StreamStatus(at, interval, isFileUsable, dataCenters, recent, endedAt);
    }

    /** The last status of a job that ends. */
    public StreamStatus ended(Instant end) {
        return new StreamStatus(at, interval, isFileUsable, dataCenters, changes, Optional.of(end));
    }

    /**
     * One data center at that trigger.
     *
     * @param isPaused whether the data-centers file pauses it, so that it was not asked
     * @param lag offsets up to the end of Kafka's log that were not in the lake; empty if it did not answer with all its
     *     partitions
     * @param retentionUsed unread share of what Kafka retains, in percent, of the worst partition
     * @param horizon up to when it is queryable, and when Kafka deletes what is unread; known also while it does not
     *     answer or is paused
     * @param unreachableSince since when it does not answer; empty if it answered
     * @param trouble what keeps it, or a part of it, from being read, a sentence each
     * @param trip of the breaker that halts it, until an operator accepts it
     */
    public record DataCenterStatus(
            boolean isPaused,
            OptionalLong lag,
            OptionalDouble retentionUsed,
            Horizon horizon,
            Optional<Instant> unreachableSince,
            List<String> trouble,
            Optional<AcceptedRejects> trip) {

        public DataCenterStatus {
            trouble = List.copyOf(trouble);
        }

        public static DataCenterStatus paused(Horizon horizon) {
            return new DataCenterStatus(
                    true,
                    OptionalLong.empty(),
                    OptionalDouble.empty(),
                    horizon,
                    Optional.empty(),
                    List.of(),
                    Optional.empty());
        }

        /** A data center that does not answer. */
        public static DataCenterStatus unreachable(Horizon horizon, Instant since, String cause) {
            return new DataCenterStatus(
                    false,
                    OptionalLong.empty(),
                    OptionalDouble.empty(),
                    horizon,
                    Optional.of(since),
                    List.of(cause),
                    Optional.empty());
        }

        private ObjectNode toJson() {
            ObjectNode json = JsonNodeFactory.instance.objectNode().put("paused", isPaused);
            lag.ifPresent(offsets -> json.put("lag", offsets));
            retentionUsed.ifPresent(percent -> json.put("retention_used_percent", percent));
            horizon.addTo(json);
            unreachableSince.ifPresent(since -> json.put("unreachable_since", since.toEpochMilli()));
            trouble.forEach(json.putArray("trouble")::add);
            trip.ifPresent(rejects -> json.put("breaker_trip", rejects.toString()));
            return json;
        }

        private static DataCenterStatus fromJson(JsonNode json) {
            JsonNode lag = json.path("lag");
            JsonNode retention = json.path("retention_used_percent");
            List<String> trouble = new ArrayList<>();
            json.path("trouble").forEach(sentence -> trouble.add(sentence.asText()));
            return new DataCenterStatus(
                    json.path("paused").asBoolean(),
                    lag.isIntegralNumber() ? OptionalLong.of(lag.asLong()) : OptionalLong.empty(),
                    retention.isNumber() ? OptionalDouble.of(retention.asDouble()) : OptionalDouble.empty(),
                    Horizon.fromJson(json),
                    Optional.ofNullable(json.get("unreachable_since"))
                            .map(since -> Instant.ofEpochMilli(since.asLong())),
                    trouble,
                    Optional.ofNullable(json.get("breaker_trip"))
                            .map(rejects -> AcceptedRejects.parse(rejects.asText())));
        }
    }

    /** The text of the file. */
    public String toText() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("tributary", KIND);
        root.put("at", at.toEpochMilli());
        root.put("interval_ms", interval.toMillis());
        root.put("data_centers_file_usable", isFileUsable);
        ObjectNode all = root.putObject("data_centers");
        dataCenters.forEach((name, status) -> all.set(name, status.toJson()));
        ArrayNode edits = root.putArray("changes");
        changes.forEach(change -> edits.add(change.toJson()));
        endedAt.ifPresent(end -> root.put("ended_at", end.toEpochMilli()));
        return root.toString();
    }

    /** Reads the output of {@link #toText}; empty if the text is something else, as a file that is being replaced. */
    public static Optional<StreamStatus> parse(String text) {
        try {
            JsonNode root = JSON.readTree(text);
            if (!root.path("tributary").asText().equals(KIND)) {
                return Optional.empty();
            }
            SortedMap<String, DataCenterStatus> dataCenters = new TreeMap<>();
            root.path("data_centers")
                    .properties()
                    .forEach(entry -> dataCenters.put(entry.getKey(), DataCenterStatus.fromJson(entry.getValue())));
            List<RecordedChange> changes = new ArrayList<>();
            root.path("changes").forEach(change -> changes.add(RecordedChange.fromJson(change)));
            return Optional.of(new StreamStatus(
                    Instant.ofEpochMilli(root.path("at").asLong()),
                    Duration.ofMillis(root.path("interval_ms").asLong()),
                    root.path("data_centers_file_usable").asBoolean(true),
                    dataCenters,
                    changes,
                    Optional.ofNullable(root.get("ended_at")).map(end -> Instant.ofEpochMilli(end.asLong()))));
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
