package io.tributary.lake.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/**
 * How far back and how far ahead a data center is safe.
 *
 * @param validThrough the time up to which everything that it has sent is queryable; empty if it is not known
 * @param retentionEnd when Kafka may begin to delete what was not read, of the worst partition; empty if it is not known
 */
public record Horizon(Optional<Instant> validThrough, Optional<RetentionEnd> retentionEnd) {

    public static final Horizon UNKNOWN = new Horizon(Optional.empty(), Optional.empty());

    private static final String VALID_THROUGH = "valid_through";
    private static final String RETENTION_ENDS = "retention_ends_at";

    void addTo(ObjectNode json) {
        validThrough.ifPresent(time -> json.put(VALID_THROUGH, time.toEpochMilli()));
        retentionEnd.ifPresent(end -> json.set(RETENTION_ENDS, end.toJson()));
    }

    static Horizon fromJson(JsonNode json) {
        return new Horizon(
                Optional.ofNullable(json.get(VALID_THROUGH)).map(time -> Instant.ofEpochMilli(time.asLong())),
                Optional.ofNullable(json.get(RETENTION_ENDS)).map(RetentionEnd::fromJson));
    }
}
