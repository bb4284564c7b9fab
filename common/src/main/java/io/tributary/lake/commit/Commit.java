package io.tributary.lake.commit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * One commit of a Delta table, as far as metadata go.
 *
 * @param version the table's version that the commit made
 * @param timestamp when it was made, milliseconds since the epoch, by the writer's clock
 * @param operation Delta's name for what it did
 * @param metadata what it says about itself; empty for commits that are not of a batch or a merge
 */
public record Commit(long version, long timestamp, String operation, Optional<CommitMetadata> metadata) {

    /** What Delta calls putting a table back to an earlier version. */
    private static final String RESTORE = "RESTORE";

    /** Whether it put the table back to an earlier version. */
    public boolean isRestore() {
        return operation.equals(RESTORE);
    }

    /** @param info the {@code commitInfo} that the commit's file holds */
    public static Commit of(long version, JsonNode info) {
        JsonNode metadata = info.get("userMetadata");
        return new Commit(
                version,
                info.path("timestamp").asLong(),
                info.path("operation").asText(),
                metadata == null ? Optional.empty() : CommitMetadata.parse(metadata.asText()));
    }
}
