package io.tributary.config;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Where the event's own fields are in a record, as JSON pointers (RFC 6901), and how its time is written.
 *
 * @param dataCenter absent: the data center whose Kafka delivered the record
 * @param timePattern absent: ISO-8601 with or without offset, or epoch milliseconds; see {@link TimePatterns}
 * @param timeZone for times that are written without an offset
 */
public record EventConfig(
        String id,
        String time,
        String type,
        Optional<String> dataCenter,
        Optional<String> timePattern,
        ZoneId timeZone) {

    static final EventConfig DEFAULTS = new EventConfig(
            "/event_id", "/event_time", "/event_type", Optional.empty(), Optional.empty(), ZoneId.of("UTC"));

    public EventConfig {
        JsonPointers.require(id);
        JsonPointers.require(time);
        JsonPointers.require(type);
        dataCenter.ifPresent(JsonPointers::require);
        timePattern.ifPresent(TimePatterns::require);
        // "UTC", "Z" and "+00:00" mean the same zone, so they are one value here.
        timeZone = timeZone.normalized().equals(ZoneOffset.UTC) ? ZoneId.of("UTC") : timeZone;
    }
}
