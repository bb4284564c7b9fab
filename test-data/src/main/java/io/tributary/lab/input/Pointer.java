package io.tributary.lab.input;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A JSON pointer (RFC 6901): the names on the way to a value. */
record Pointer(List<String> names) {

    private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,8}");

    static Pointer parse(String text) {
        List<String> names = new ArrayList<>();
        for (String name : text.substring(1).split("/", -1)) {
            names.add(name.replace("~1", "/").replace("~0", "~"));
        }
        return new Pointer(names);
    }

    /** The value, which may be JSON's null; empty if there is none. */
    Optional<JsonValue> in(JsonObject object) {
        JsonValue value = object;
        for (String name : names) {
            if (value instanceof JsonObject inner && inner.containsKey(name)) {
                value = inner.get(name);
            } else if (value instanceof JsonArray array && hasIndex(array, name)) {
                value = array.get(Integer.parseInt(name));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(value);
    }

    private static boolean hasIndex(JsonArray array, String name) {
        return INDEX.matcher(name).matches() && Integer.parseInt(name) < array.size();
    }
}
