package io.tributary.lake.fill;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.config.EventOverrides;
import io.tributary.error.OperatorActionException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The order to fill columns of all events from their payloads.
 *
 * @param number 1 for the first of the lake
 * @param because why, in the operator's words
 * @param columns the columns, each with the {@link io.tributary.config.ColumnDigest} of what it is filled by
 * @param mappings what data centers said of {@code event} when it was ordered, which decides how times are read
 */
public record FillOrder(
        long number,
        Instant orderedAt,
        String by,
        String because,
        SortedMap<String, String> columns,
        SortedMap<String, EventOverrides> mappings) {

    public FillOrder {
        columns = Collections.unmodifiableSortedMap(new TreeMap<>(columns));
        mappings = Collections.unmodifiableSortedMap(new TreeMap<>(mappings));
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("a fill needs a column");
        }
    }

    FillOrder numbered(long next) {
        return new FillOrder(next, orderedAt, by, because, columns, mappings);
    }

    String toText() {
        ObjectNode root = JsonNodeFactory.instance
                .objectNode()
                .put("fill", number)
                .put("ordered_at", orderedAt.toString())
                .put("by", by)
                .put("because", because);
        columns.forEach(root.putObject("columns")::put);
        ObjectNode events = root.putObject("event");
        mappings.forEach((dataCenter, own) -> events.set(dataCenter, own.json()));
        return root.toPrettyString();
    }

    static FillOrder parse(String text, String uri) {
        try {
            JsonNode node = new ObjectMapper().readTree(text);
            SortedMap<String, String> columns = new TreeMap<>();
            node.required("columns")
                    .properties()
                    .forEach(entry ->
                            columns.put(entry.getKey(), entry.getValue().asText()));
            SortedMap<String, EventOverrides> mappings = new TreeMap<>();
            node.path("event")
                    .properties()
                    .forEach(entry -> mappings.put(
                            entry.getKey(),
                            EventOverrides.parse(entry.getValue().toString())));
            return new FillOrder(
                    node.required("fill").asLong(),
                    Instant.parse(node.required("ordered_at").asText()),
                    node.path("by").asText(),
                    node.path("because").asText(),
                    columns,
                    mappings);
        } catch (JsonProcessingException | DateTimeException | IllegalArgumentException e) {
            throw new OperatorActionException(
                    uri + " is no order to fill columns that can be read: " + e.getMessage()
                            + ". Restore the file from an earlier version; nobody but tributary columns writes it.",
                    e);
        }
    }
}
