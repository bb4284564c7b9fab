package io.tributary.lake.commit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * The metadata of a commit that writes the rows of an event date anew with columns filled from their payloads. No row is
 * added, removed or changed in anything else.
 *
 * @param fill number of the fill
 * @param columns that it filled
 * @param date whose rows it wrote
 * @param rows how many they are
 */
public record FillMetadata(long fill, List<String> columns, LocalDate date, long rows) implements CommitMetadata {

    static final String KIND = "fill";

    public FillMetadata {
        columns = List.copyOf(columns);
    }

    @Override
    public ObjectNode toJson() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("tributary", KIND);
        root.put("fill", fill);
        ArrayNode names = root.putArray("columns");
        columns.forEach(names::add);
        return root.put("event_date", date.toString()).put("rows", rows);
    }

    static FillMetadata fromJson(JsonNode node) {
        List<String> columns = new ArrayList<>();
        node.required("columns").forEach(name -> columns.add(name.asText()));
        return new FillMetadata(
                node.required("fill").asLong(),
                columns,
                LocalDate.parse(node.required("event_date").asText()),
                node.required("rows").asLong());
    }
}
