package io.tributary.ingest.read;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The headers of a record as JSON, {@code [["ce_id","7"],["sig",{"base64":"AP8="}],["empty",null]]}: in their order, text
 * as text, and bytes that are no UTF-8 in base64. Nothing of them is lost.
 */
public final class RecordHeaders {

    private static final ObjectMapper JSON = new ObjectMapper();

    private RecordHeaders() {}

    /** Null if there are none. */
    public static String json(Headers headers) {
        if (!headers.iterator().hasNext()) {
            return null;
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartArray();
            for (Header header : headers) {
                json.writeStartArray();
                json.writeString(header.key());
                write(json, header.value());
                json.writeEndArray();
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException("Text in memory cannot be written", e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, byte[] value) throws IOException {
        Optional<String> text = value == null ? Optional.empty() : text(value);
        if (value == null) {
            json.writeNull();
        } else if (text.isPresent()) {
            json.writeString(text.get());
        } else {
            json.writeStartObject();
            json.writeBinaryField("base64", value);
            json.writeEndObject();
        }
    }

    /** The bytes as text; empty if they are not UTF-8. */
    public static Optional<String> text(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** The values by name: text, null, or an object for bytes that are no text. Of headers with one name the last counts. */
    public static Map<String, JsonNode> byName(String json) {
        Map<String, JsonNode> values = new HashMap<>();
        if (json != null) {
            try {
                JSON.readTree(json).forEach(header -> values.put(header.path(0).asText(), header.path(1)));
            } catch (JsonProcessingException e) {
                // The exception's message may hold parts of the record.
                throw new IllegalArgumentException("headers that were not written by this class");
            }
        }
        return values;
    }
}
