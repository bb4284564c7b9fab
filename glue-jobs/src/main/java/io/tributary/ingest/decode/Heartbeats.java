package io.tributary.ingest.decode;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.config.RecordCondition;
import java.util.List;

/**
 * Recognizes the records that are heartbeats: one of these conditions holds for them.
 *
 * @param conditions none: no record is a heartbeat
 */
record Heartbeats(List<Condition> conditions) {

    /** @param text of what must be at the place; null: anything but null */
    record Condition(Place place, String text) {}

    static Heartbeats where(List<RecordCondition> conditions) {
        return new Heartbeats(conditions.stream()
                .map(condition -> new Condition(Place.of(condition.place()), condition.text()))
                .toList());
    }

    List<Place> places() {
        return conditions.stream().map(Condition::place).toList();
    }

    boolean include(RecordParts record) {
        for (Condition condition : conditions) {
            JsonNode found = condition.place().in(record);
            if (condition.text() == null
                    ? !RecordDecoder.absent(found)
                    : found.isValueNode() && found.asText().equals(condition.text())) {
                return true;
            }
        }
        return false;
    }
}
