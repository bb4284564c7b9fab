package io.tributary.lake.commit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.offsets.RangeStats;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The parts of a batch's metadata as JSON. */
final class BatchJson {

    private BatchJson() {}

    static DedupStateInfo state(JsonNode span) {
        SortedMap<String, String> mapping = new TreeMap<>();
        span.path("mapping")
                .properties()
                .forEach(entry -> mapping.put(entry.getKey(), entry.getValue().asText()));
        return new DedupStateInfo(
                span.required("scope").asText(),
                Duration.ofMillis(span.required("window_ms").asLong()),
                Duration.ofMillis(span.required("allowance_ms").asLong()),
                span.required("partitions").asInt(),
                span.path("store").asText(DedupStateInfo.FIRST_STORE),
                Optional.ofNullable(span.get("since")).map(JsonNode::asLong),
                mapping);
    }

    static JsonNode rangeJson(RangeStats range) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("from", range.from())
                .put("until", range.until())
                .put("read", range.read())
                .put("staged", range.staged())
                .put("duplicate", range.duplicate())
                .put("quarantined", range.quarantined())
                .put("cast_failures", range.castFailures())
                .put("millis", range.millis())
                .put("implausible_timestamps", range.implausibleTimestamps())
                .put("leader_epoch", range.leaderEpoch());
        if (range.erased() > 0) {
            json.put("erased", range.erased());
        }
        return range.withoutEvent() > 0 ? json.put("without_event", range.withoutEvent()) : json;
    }

    static RangeStats range(JsonNode json) {
        return new RangeStats(
                json.required("from").asLong(),
                json.required("until").asLong(),
                json.required("read").asLong(),
                json.required("staged").asLong(),
                json.required("duplicate").asLong(),
                json.required("quarantined").asLong(),
                json.required("cast_failures").asLong(),
                json.required("millis").asLong(),
                json.path("implausible_timestamps").asLong(),
                json.path("leader_epoch").asInt(-1),
                json.path("erased").asLong(),
                json.path("without_event").asLong());
    }
}
