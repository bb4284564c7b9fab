package io.tributary.ingest.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.account.OffsetRange;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * That a planned batch goes without a range which cannot be read now.
 *
 * @param arrival planning time of the batch, which names it, milliseconds since the epoch
 * @param range what it goes without
 * @param at when this was decided, milliseconds since the epoch
 */
public record Deferral(long arrival, OffsetRange range, long at) {

    private static final ObjectMapper JSON = new ObjectMapper();

    String toText() {
        ObjectNode root = JSON.createObjectNode();
        root.put("arrival", arrival);
        root.put("at", at);
        SortedSet<OffsetRange> one = new TreeSet<>();
        one.add(range);
        root.set("range", OffsetRange.toJson(one));
        return root.toString();
    }

    /** @throws IllegalArgumentException if the text is not a deferral */
    static Deferral parse(String text) {
        try {
            JsonNode root = JSON.readTree(text);
            return new Deferral(
                    root.required("arrival").asLong(),
                    OffsetRange.fromJson(root.required("range")).first(),
                    root.required("at").asLong());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a deferral: " + text, e);
        }
    }
}
