package io.tributary.lake.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a table's log says about the rows of one file. A writer may leave out any of it, and what cannot be read counts as
 * left out.
 */
public final class FileStatistics {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode statistics;

    private FileStatistics(JsonNode statistics) {
        this.statistics = statistics;
    }

    /** @param json as the log holds them; null if it has none */
    static FileStatistics parse(String json) {
        try {
            return new FileStatistics(JSON.readTree(json == null ? "" : json));
        } catch (JsonProcessingException e) {
            return new FileStatistics(MissingNode.getInstance());
        }
    }

    /** How many rows were written into the file. */
    public OptionalLong rows() {
        JsonNode rows = statistics.path("numRecords");
        return rows.isIntegralNumber() ? OptionalLong.of(rows.asLong()) : OptionalLong.empty();
    }

    /** Whether a value of a column of timestamps may lie between two moments, both within; nulls do not. */
    public boolean mayHold(String column, Instant from, Instant to) {
        Optional<Instant> least = bound("minValues", column);
        // The log cuts times to milliseconds.
        Optional<Instant> greatest = bound("maxValues", column).map(moment -> moment.plusMillis(1));
        return (least.isEmpty() || !least.get().isAfter(to))
                && (greatest.isEmpty() || !greatest.get().isBefore(from));
    }

    private Optional<Instant> bound(String kind, String column) {
        JsonNode value = statistics.path(kind).path(column);
        try {
            return value.isTextual()
                    ? Optional.of(OffsetDateTime.parse(value.asText()).toInstant())
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
