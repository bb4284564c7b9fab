package io.tributary.values;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.config.ColumnConfig;
import io.tributary.config.TimeFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads typed columns from a stored payload, to the values that the streaming job would give them. */
public final class PayloadColumns {

    private static final int MAX_SHOWN = 60;

    private record Column(JsonPointer place, ValueReader reader) {}

    private final List<Column> columns;
    private final JsonProjection projection;

    /**
     * @param columns whose places are in the value
     * @param eventFormats in which times of the event are written
     * @param zone of times that are written without an offset
     */
    public PayloadColumns(List<ColumnConfig> columns, List<TimeFormat> eventFormats, ZoneId zone) {
        this.columns = columns.stream()
                .map(column -> new Column(
                        JsonPointer.compile(column.from()),
                        new ValueReader(column.type(), TimeReader.ofColumn(column, eventFormats, zone))))
                .toList();
        this.projection =
                new JsonProjection(this.columns.stream().map(Column::place).toList(), JsonProjection.AS_WRITTEN);
    }

    /** What a payload holds for a column. */
    public sealed interface Reading {

        /** Nothing, or null. */
        record Absent() implements Reading {}

        /** @param value as Spark expects it; of a text with half of a surrogate pair, the repaired text */
        record Fits(Object value) implements Reading {}

        /** @param found the beginning of what is there */
        record Unfit(String found) implements Reading {}
    }

    /** The readings in the order of the columns. A payload that is no JSON object, as none is that was staged, holds none. */
    public List<Reading> read(String payload) {
        JsonNode root = object(payload).orElse(null);
        List<Reading> readings = new ArrayList<>();
        for (Column column : columns) {
            readings.add(root == null ? new Reading.Absent() : read(column, root.at(column.place())));
        }
        return readings;
    }

    private static Reading read(Column column, JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return new Reading.Absent();
        }
        Optional<Object> value = column.reader().read(node);
        if (value.isEmpty()) {
            String found = node.toString();
            return new Reading.Unfit(found.length() <= MAX_SHOWN ? found : found.substring(0, MAX_SHOWN) + "…");
        }
        return new Reading.Fits(value.get() instanceof String text ? SurrogateRepair.of(text) : value.get());
    }

    private Optional<JsonNode> object(String payload) {
        if (payload == null || payload.isEmpty()) {
            return Optional.empty();
        }
        try {
            JsonText text =
                    JsonText.of(payload.getBytes(StandardCharsets.UTF_8)).orElseThrow();
            try (JsonParser parser = new OverflowingNumberParser(JsonProjection.AS_WRITTEN.createParser(text.json()))) {
                parser.nextToken();
                return parser.isExpectedStartObjectToken() ? Optional.of(projection.read(parser)) : Optional.empty();
            }
        } catch (IOException | StackOverflowError e) {
            return Optional.empty();
        }
    }
}
