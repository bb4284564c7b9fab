package io.tributary.operations.status.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.operations.completeness.EventHour;
import io.tributary.operations.status.ValidThrough;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Counted rows as text, so that the next run of the job need not count again. */
final class RowCountsJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private RowCountsJson() {}

    static String write(RowCounts counts) {
        ObjectNode root = JsonNodeFactory.instance
                .objectNode()
                .put("at", counts.at().toString())
                .put("took_millis", counts.took().toMillis())
                .put("not_counted", counts.notCounted().orElse(null));
        ArrayNode hours = root.putArray("hours");
        counts.hours()
                .forEach(hour -> hours.add(hour.json()
                        .put("staged_through", text(hour.validThrough().staged()))
                        .put("merged_through", text(hour.validThrough().merged()))));
        ArrayNode lateness = root.putArray("lateness");
        counts.lateness().forEach(bucket -> lateness.add(bucket.json()));
        return root + "\n";
    }

    /** What {@link #write} has written; empty if it is not that, as what an earlier version wrote may be. */
    static Optional<RowCounts> parse(String text) {
        try {
            JsonNode root = JSON.readTree(text);
            List<EventHour> hours = new ArrayList<>();
            root.required("hours").forEach(hour -> hours.add(hour(hour)));
            List<Lateness> lateness = new ArrayList<>();
            root.required("lateness").forEach(bucket -> lateness.add(Lateness.fromJson(bucket)));
            return Optional.of(new RowCounts(
                    Instant.parse(root.required("at").asText()),
                    Duration.ofMillis(root.required("took_millis").asLong()),
                    hours,
                    lateness,
                    Optional.ofNullable(root.required("not_counted").textValue())));
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static EventHour hour(JsonNode json) {
        JsonNode duplicates = json.required("merge_duplicates");
        return new EventHour(
                json.required("data_center").asText(),
                Instant.parse(json.required("hour").asText()),
                json.required("staged").asLong(),
                json.required("merged").asLong(),
                duplicates.isNull() ? OptionalLong.empty() : OptionalLong.of(duplicates.asLong()),
                json.required("not_merged").asLong(),
                json.required("not_merged_late").asLong(),
                new ValidThrough(instant(json.required("staged_through")), instant(json.required("merged_through"))));
    }

    private static String text(Optional<Instant> time) {
        return time.map(Instant::toString).orElse(null);
    }

    private static Optional<Instant> instant(JsonNode json) {
        return Optional.ofNullable(json.textValue()).map(Instant::parse);
    }
}
