package io.tributary.config;

import io.tributary.config.yaml.Quoted;
import java.util.regex.Pattern;

/** The rule for JSON pointers (RFC 6901) that name a field of a record. */
final class JsonPointers {

    private static final Pattern POINTER = Pattern.compile("(?:/(?:[^/~]|~[01])*+)++");

    private JsonPointers() {}

    static String require(String pointer) {
        if (!POINTER.matcher(pointer).matches()) {
            throw new IllegalArgumentException(Quoted.of(pointer)
                    + " is not a JSON pointer to a field; start it with /, separate levels by /, and write ~1 for / and"
                    + " ~0 for ~ inside a name, for example /order/id; or write key, key:/id or header:ce_id");
        }
        return pointer;
    }
}
