package io.tributary.lake.commit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The metadata of one update of a rollup, carried by its commit.
 *
 * @param sequence number of the update; of two with one number only one commits
 * @param definition what the rollup's content is made of, in words
 * @param mergeBefore the merge up to which earlier updates had gone; 0 where the rollup was computed as a whole
 * @param merge the merge up to which this update went
 * @param mergedVersion the version of the merged table whose rows the rollup holds since this update
 */
public record RollupMetadata(long sequence, String definition, long mergeBefore, long merge, long mergedVersion)
        implements CommitMetadata {

    /** Every update claims its number under this name, so that of two with one number only one commits. */
    public static final String APP_ID = "tributary-rollup";

    static final String KIND = "rollup";

    @Override
    public ObjectNode toJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("tributary", KIND)
                .put("sequence", sequence)
                .put("definition", definition)
                .put("merge_before", mergeBefore)
                .put("merge", merge)
                .put("merged_version", mergedVersion);
    }

    static RollupMetadata fromJson(JsonNode node) {
        return new RollupMetadata(
                node.required("sequence").asLong(),
                node.required("definition").asText(),
                node.required("merge_before").asLong(),
                node.required("merge").asLong(),
                node.required("merged_version").asLong());
    }
}
