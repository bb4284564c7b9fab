package io.tributary.ingest.decode;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.ingest.decode.DecodeResult.Reason;
import io.tributary.values.SurrogateRepair;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the id of an event at one place, or at several that make it together.
 *
 * <p>Several parts are joined by {@code /}, with {@code ~} in a part written as {@code ~0} and {@code /} as {@code ~1}.
 * So two ids of as many parts are equal only if all their parts are.
 *
 * @param places at least one
 */
record EventId(List<Place> places) {

    /** The id, or why there is none. */
    sealed interface Reading {}

    record Read(String id) implements Reading {}

    record Unread(Reason reason, String detail) implements Reading {}

    static EventId at(List<String> places) {
        return new EventId(places.stream().map(Place::of).toList());
    }

    Reading in(RecordParts record) {
        if (places.size() == 1) {
            return part(places.get(0), record);
        }
        List<String> parts = new ArrayList<>();
        for (Place place : places) {
            Reading part = part(place, record);
            if (part instanceof Read read) {
                parts.add(read.id().replace("~", "~0").replace("/", "~1"));
            } else {
                return part;
            }
        }
        return new Read(String.join("/", parts));
    }

    private static Reading part(Place place, RecordParts record) {
        JsonNode node = place.in(record);
        if (RecordDecoder.absent(node)) {
            return new Unread(Reason.MISSING_ID, "nothing, or null, at " + place.text());
        }
        // Replacing half a surrogate pair could make two different ids equal.
        boolean usable = node.isIntegralNumber()
                || (node.isTextual() && !node.textValue().isBlank() && SurrogateRepair.is(node.textValue()));
        return usable
                ? new Read(node.asText())
                : new Unread(
                        Reason.INVALID_ID,
                        "the value at " + place.text() + " is neither readable text nor a whole number");
    }
}
