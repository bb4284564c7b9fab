package io.tributary.lake.commit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.error.OperatorActionException;
import io.tributary.lake.log.CommitActions;
import java.time.DateTimeException;
import java.util.Optional;

/** What a commit of ours says about itself in its {@code userMetadata}. */
public sealed interface CommitMetadata
        permits BatchMetadata, MergeMetadata, RollupMetadata, RemovalMetadata, FillMetadata {

    /** The text for the commit's {@code userMetadata}. */
    default String toText() {
        return toJson().toString();
    }

    ObjectNode toJson();

    /**
     * The metadata of a commit, if it is of a kind.
     *
     * @throws OperatorActionException if it claims to be commit metadata and is not readable as one
     */
    static <A extends CommitMetadata> Optional<A> of(CommitActions actions, Class<A> kind) {
        try {
            return parse(actions.userMetadata()).filter(kind::isInstance).map(kind::cast);
        } catch (IllegalArgumentException e) {
            throw new OperatorActionException(
                    "A commit holds " + e.getMessage()
                            + ". Find it with scripts/audit, and restore its log file from a copy.",
                    e);
        }
    }

    /**
     * Reads the metadata of a commit; empty if the commit carries none, as maintenance and other writers' commits.
     *
     * @throws IllegalArgumentException if it claims to be commit metadata and is not readable as one
     */
    static Optional<CommitMetadata> parse(String userMetadata) {
        if (userMetadata == null || !userMetadata.startsWith("{\"tributary\":")) {
            return Optional.empty();
        }
        try {
            JsonNode node = new ObjectMapper().readTree(userMetadata);
            String kind = node.path("tributary").asText();
            return switch (kind) {
                case BatchMetadata.KIND -> Optional.of(BatchMetadata.fromJson(node));
                case MergeMetadata.KIND -> Optional.of(MergeMetadata.fromJson(node));
                case RollupMetadata.KIND -> Optional.of(RollupMetadata.fromJson(node));
                case RemovalMetadata.KIND -> Optional.of(RemovalMetadata.fromJson(node));
                case FillMetadata.KIND -> Optional.of(FillMetadata.fromJson(node));
                default -> throw new IllegalArgumentException("unknown kind of metadata: " + kind);
            };
        } catch (JsonProcessingException | DateTimeException e) {
            throw new IllegalArgumentException("commit metadata that cannot be read: " + userMetadata, e);
        }
    }
}
