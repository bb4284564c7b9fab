package io.tributary.lab.input;

import io.tributary.lab.input.Json.Arr;
import io.tributary.lab.input.Json.Num;
import io.tributary.lab.input.Json.Obj;
import io.tributary.lab.input.Json.Text;
import jakarta.json.JsonException;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a record's value as one JSON object of valid UTF-8, with nothing before it but a byte order mark and nothing after it but NULs. */
final class StrictJson {

    /**
     * What is nested deeper, or a number that is longer, is refused by parsers that guard against attacks. The library
     * has a limit of its own, which is put beyond this one.
     */
    private static final int MAX_DEPTH_AND_DIGITS = 1_000;

    private static final JsonParserFactory PARSERS =
            jakarta.json.Json.createParserFactory(Map.of("org.eclipse.parsson.maxDepth", 2 * MAX_DEPTH_AND_DIGITS));

    private StrictJson() {}

    /** Empty if the value is anything else. Of a key that is given twice, the last one counts. */
    static Optional<Obj> object(byte[] value) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString()
                    .replaceFirst("^\\uFEFF", "")
                    .replaceFirst("\\u0000+\\z", "");
            try (JsonParser parser = PARSERS.createParser(new StringReader(text))) {
                if (!parser.hasNext() || parser.next() != Event.START_OBJECT) {
                    return Optional.empty();
                }
                Obj object = object(parser, 1);
                return parser.hasNext() ? Optional.empty() : Optional.of(object);
            }
        } catch (CharacterCodingException | JsonException | TooMuch e) {
            return Optional.empty();
        }
    }

    private static Obj object(JsonParser parser, int depth) {
        Map<String, Json> values = new HashMap<>();
        for (Event next = parser.next(); next != Event.END_OBJECT; next = parser.next()) {
            String name = parser.getString();
            values.put(name, value(parser, parser.next(), depth));
        }
        return new Obj(values);
    }

    private static Arr array(JsonParser parser, int depth) {
        List<Json> values = new ArrayList<>();
        for (Event next = parser.next(); next != Event.END_ARRAY; next = parser.next()) {
            values.add(value(parser, next, depth));
        }
        return new Arr(values);
    }

    private static Json value(JsonParser parser, Event event, int depth) {
        return switch (event) {
            case START_OBJECT -> object(parser, deeper(depth));
            case START_ARRAY -> array(parser, deeper(depth));
            case VALUE_STRING -> new Text(parser.getString());
            case VALUE_NUMBER -> new Num(readable(parser.getString()));
            case VALUE_TRUE -> new Json.Truth(true);
            case VALUE_FALSE -> new Json.Truth(false);
            case VALUE_NULL -> new Json.Null();
            case KEY_NAME, END_OBJECT, END_ARRAY -> throw new IllegalStateException("No value begins with " + event);
        };
    }

    private static int deeper(int depth) {
        if (depth == MAX_DEPTH_AND_DIGITS) {
            throw new TooMuch();
        }
        return depth + 1;
    }

    private static String readable(String number) {
        if (number.chars().filter(Character::isDigit).count() > MAX_DEPTH_AND_DIGITS) {
            throw new TooMuch();
        }
        return number;
    }

    private static final class TooMuch extends RuntimeException {}
}
