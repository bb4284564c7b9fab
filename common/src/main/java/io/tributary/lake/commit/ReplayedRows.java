package io.tributary.lake.commit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * The rows of one partition that a batch staged although they were read before: they were read by request, and keep
 * their coordinates.
 *
 * @param lowest offset
 * @param highest offset
 */
public record ReplayedRows(long staged, long lowest, long highest) {

    public static final ReplayedRows NONE = new ReplayedRows(0, Long.MAX_VALUE, Long.MIN_VALUE);

    JsonNode toJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("staged", staged)
                .put("lowest", lowest)
                .put("highest", highest);
    }

    static ReplayedRows fromJson(JsonNode node) {
        return new ReplayedRows(
                node.required("staged").asLong(),
                node.required("lowest").asLong(),
                node.required("highest").asLong());
    }
}
