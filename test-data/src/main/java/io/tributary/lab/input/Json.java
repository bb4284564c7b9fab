package io.tributary.lab.input;

import java.util.List;
import java.util.Map;

/** A JSON value; numbers stay as they are written, since some that JSON allows fit into no number of Java. */
sealed interface Json {

    /** Of a name that was given twice, the last value. */
    record Obj(Map<String, Json> values) implements Json {}

    record Arr(List<Json> values) implements Json {}

    record Text(String value) implements Json {}

    record Num(String digits) implements Json {}

    record Truth(boolean value) implements Json {}

    record Null() implements Json {}
}
