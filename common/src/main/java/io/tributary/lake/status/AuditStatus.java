package io.tributary.lake.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.Optional;

/**
 * What the last audit found.
 *
 * @param at when it ended
 * @param isDeep whether it compared the data as well
 * @param findings how many; 0 if the lake balances
 */
public record AuditStatus(Instant at, boolean isDeep, long findings) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KIND = "audit_status";

    /** The text of the file. */
    public String toText() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("tributary", KIND)
                .put("at", at.toEpochMilli())
                .put("deep", isDeep)
                .put("findings", findings)
                .toString();
    }

    /** Reads the output of {@link #toText}; empty if the text is something else, as a file that is being replaced. */
    public static Optional<AuditStatus> parse(String text) {
        try {
            JsonNode root = JSON.readTree(text);
            return root.path("tributary").asText().equals(KIND)
                    ? Optional.of(new AuditStatus(
                            Instant.ofEpochMilli(root.path("at").asLong()),
                            root.path("deep").asBoolean(),
                            root.path("findings").asLong()))
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
