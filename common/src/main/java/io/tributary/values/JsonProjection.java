package io.tributary.values;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads in one pass the parts of a JSON object that some pointers name. Everything else is checked and skipped, so that
 * no tree of the whole record is built. In what it returns, each of the pointers finds what it would find in the whole.
 */
public final class JsonProjection {

    /** Reads values, and keeps numbers as written. */
    public static final ObjectReader AS_WRITTEN = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build()
            .readerFor(JsonNode.class);

    private final ObjectReader whole;
    private final Place root = new Place();

    /** A place in the object that a pointer names or passes. */
    private static final class Place {
        private final Map<String, Place> properties = new HashMap<>();
        private final Map<Integer, Place> elements = new HashMap<>();
        private boolean isNamed;

        void add(JsonPointer pointer) {
            if (pointer.matches()) {
                isNamed = true;
                return;
            }
            Place next = properties.computeIfAbsent(pointer.getMatchingProperty(), name -> new Place());
            if (pointer.getMatchingIndex() >= 0) {
                elements.put(pointer.getMatchingIndex(), next);
            }
            next.add(pointer.tail());
        }
    }

    /** @param whole reads a value whole; it must not look at what follows the value */
    public JsonProjection(List<JsonPointer> pointers, ObjectReader whole) {
        this.whole = whole;
        pointers.forEach(root::add);
    }

    /**
     * Reads one object.
     *
     * @param parser at the object's beginning, and then at its end
     * @throws IOException if it is not well-formed
     */
    public JsonNode read(JsonParser parser) throws IOException {
        return read(parser, root);
    }

    private JsonNode read(JsonParser parser, Place place) throws IOException {
        if (place.isNamed) {
            return value(parser);
        }
        if (parser.hasToken(JsonToken.START_OBJECT)) {
            return object(parser, place);
        }
        if (parser.hasToken(JsonToken.START_ARRAY)) {
            return array(parser, place);
        }
        return NullNode.instance;
    }

    private JsonNode value(JsonParser parser) throws IOException {
        return parser.hasToken(JsonToken.VALUE_STRING) ? TextNode.valueOf(parser.getText()) : whole.readTree(parser);
    }

    private ObjectNode object(JsonParser parser, Place place) throws IOException {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            Place next = place.properties.get(name);
            if (next == null) {
                parser.skipChildren();
            } else {
                // Of properties with one name the last counts.
                object.set(name, read(parser, next));
            }
        }
        return object;
    }

    private ArrayNode array(JsonParser parser, Place place) throws IOException {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            Place next = place.elements.get(array.size());
            if (next == null) {
                parser.skipChildren();
                array.addNull();
            } else {
                array.add(read(parser, next));
            }
        }
        return array;
    }
}
