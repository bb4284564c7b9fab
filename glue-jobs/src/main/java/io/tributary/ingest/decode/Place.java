package io.tributary.ingest.decode;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.config.Places;
import java.util.Optional;

/**
 * A place in a record, by the rule of {@link Places}.
 *
 * @param text as the configuration says it
 * @param inValue in the value; absent if it is elsewhere
 * @param inKey in the key
 * @param header its name
 */
record Place(String text, Optional<JsonPointer> inValue, Optional<JsonPointer> inKey, Optional<String> header) {

    /** Whether it is the key, or in it. */
    boolean isOfKey() {
        return inValue.isEmpty() && header.isEmpty();
    }

    static Place of(String text) {
        if (text.equals(Places.KEY)) {
            return new Place(text, Optional.empty(), Optional.empty(), Optional.empty());
        }
        if (text.startsWith(Places.IN_KEY)) {
            JsonPointer pointer = JsonPointer.compile(text.substring(Places.IN_KEY.length()));
            return new Place(text, Optional.empty(), Optional.of(pointer), Optional.empty());
        }
        return text.startsWith(Places.HEADER)
                ? new Place(
                        text, Optional.empty(), Optional.empty(), Optional.of(text.substring(Places.HEADER.length())))
                : new Place(text, Optional.of(JsonPointer.compile(text)), Optional.empty(), Optional.empty());
    }

    /** What is there; a missing node if there is nothing. */
    JsonNode in(RecordParts record) {
        if (inValue.isPresent()) {
            return record.value().at(inValue.get());
        }
        if (inKey.isPresent()) {
            return record.keyObject().at(inKey.get());
        }
        return header.isPresent() ? record.header(header.get()) : record.keyText();
    }
}
