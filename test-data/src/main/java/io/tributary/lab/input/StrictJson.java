package io.tributary.lab.input;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Reads a record's value as one JSON object of valid UTF-8 with nothing after it. */
final class StrictJson {

    private static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of());

    private StrictJson() {}

    /** Empty if the value is anything else. Of a key that is given twice, the last one counts. */
    static Optional<JsonObject> object(byte[] value) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
            try (JsonParser parser = PARSERS.createParser(new StringReader(text))) {
                if (!parser.hasNext() || parser.next() != Event.START_OBJECT) {
                    return Optional.empty();
                }
                JsonObject object = parser.getObject();
                return parser.hasNext() ? Optional.empty() : Optional.of(object);
            }
        } catch (CharacterCodingException | JsonException | NoSuchElementException | IllegalStateException e) {
            return Optional.empty();
        }
    }
}
