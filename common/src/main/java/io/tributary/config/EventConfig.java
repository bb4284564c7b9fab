package io.tributary.config;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * Where the event's own fields are in a record, as JSON pointers (RFC 6901), and how its time is written.
 *
 * @param dataCenter absent: the data center whose Kafka delivered the record
 * @param timeFormats at least one; they are tried in this order
 * @param timeZone for times that are written without an offset
 */
public record EventConfig(
        String id,
        String time,
        String type,
        Optional<String> dataCenter,
        List<TimeFormat> timeFormats,
        ZoneId timeZone) {

    static final EventConfig DEFAULTS = new EventConfig(
            "/event_id", "/event_time", "/event_type", Optional.empty(), List.of(TimeFormat.DEFAULT), ZoneId.of("UTC"));

    public EventConfig {
        JsonPointers.require(id);
        JsonPointers.require(time);
        JsonPointers.require(type);
        dataCenter.ifPresent(JsonPointers::require);
        timeFormats = List.copyOf(timeFormats);
        if (timeFormats.isEmpty()) {
            throw new IllegalArgumentException("a time needs a format; give at least one");
        }
        // "UTC", "Z" and "+00:00" mean the same zone, so they are one value here.
        timeZone = timeZone.normalized().equals(ZoneOffset.UTC) ? ZoneId.of("UTC") : timeZone;
    }
}
