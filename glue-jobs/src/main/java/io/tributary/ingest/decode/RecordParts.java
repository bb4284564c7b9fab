package io.tributary.ingest.decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tributary.ingest.read.RecordContent;
import io.tributary.ingest.read.RecordHeaders;
import java.util.Map;
import java.util.function.Function;

/** What a record says: its value, and its key and headers, which are read only if they are asked for. */
final class RecordParts {

    /** There is something, and no text, number or truth can be made of it. */
    private static final JsonNode UNREADABLE = DoubleNode.valueOf(Double.NaN);

    private final JsonNode value;
    private final RecordContent content;
    private final Function<byte[], JsonNode> keyReading;
    private JsonNode keyObject;
    private Map<String, JsonNode> headers;

    /** @param keyReading of a key as a JSON object; gives a missing node if it is none */
    RecordParts(JsonNode value, RecordContent content, Function<byte[], JsonNode> keyReading) {
        this.value = value;
        this.content = content;
        this.keyReading = keyReading;
    }

    static boolean isUnreadable(JsonNode node) {
        return node.isDouble() && Double.isNaN(node.doubleValue());
    }

    JsonNode value() {
        return value;
    }

    JsonNode keyObject() {
        if (keyObject == null) {
            keyObject = content.key() == null ? MissingNode.getInstance() : keyReading.apply(content.key());
        }
        return keyObject;
    }

    JsonNode keyText() {
        return content.key() == null
                ? MissingNode.getInstance()
                : RecordHeaders.text(content.key())
                        .<JsonNode>map(TextNode::valueOf)
                        .orElse(UNREADABLE);
    }

    JsonNode header(String name) {
        if (headers == null) {
            headers = RecordHeaders.byName(content.headers());
        }
        JsonNode found = headers.getOrDefault(name, MissingNode.getInstance());
        return found.isObject() ? UNREADABLE : found;
    }
}
