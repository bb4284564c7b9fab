package io.tributary.lab.input;

import io.tributary.lab.input.Json.Arr;
import io.tributary.lab.input.Json.Obj;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A JSON pointer (RFC 6901): the names on the way to a value. */
record Pointer(List<String> names) {

    private static final List<String> NOWHERE = List.of();

    private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,8}");

    /** Of a place in the key or in a header, which no record of a file has: it finds nothing. */
    static Pointer parse(String text) {
        if (!text.startsWith("/")) {
            return new Pointer(NOWHERE);
        }
        List<String> names = new ArrayList<>();
        for (String name : text.substring(1).split("/", -1)) {
            names.add(name.replace("~1", "/").replace("~0", "~"));
        }
        return new Pointer(names);
    }

    /** The value, which may be JSON's null; empty if there is none. */
    Optional<Json> in(Obj object) {
        if (names.isEmpty()) {
            return Optional.empty();
        }
        Json value = object;
        for (String name : names) {
            if (value instanceof Obj inner && inner.values().containsKey(name)) {
                value = inner.values().get(name);
            } else if (value instanceof Arr array && hasIndex(array, name)) {
                value = array.values().get(Integer.parseInt(name));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(value);
    }

    private static boolean hasIndex(Arr array, String name) {
        return INDEX.matcher(name).matches()
                && Integer.parseInt(name) < array.values().size();
    }
}
