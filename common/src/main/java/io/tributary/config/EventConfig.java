package io.tributary.config;

import io.tributary.config.yaml.Quoted;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Where the event's own fields are in a record, as {@link Places}, and how its time is written.
 *
 * @param id at least one place; of several, what is at all of them together is the id
 * @param dataCenter absent: the data center whose Kafka delivered the record
 * @param timeFormats at least one; they are tried in this order
 * @param timeFallback what counts as the time of an event that has none
 * @param onTombstone what becomes of a record without a value
 * @param heartbeats which records are heartbeats, and passed over; none: no record is
 * @param registryHeader what becomes of JSON behind the header of a schema registry
 * @param timeZone for times that are written without an offset
 * @param format how the values of records are written
 */
public record EventConfig(
        List<String> id,
        String time,
        String type,
        Optional<String> dataCenter,
        List<TimeFormat> timeFormats,
        ZoneId timeZone,
        TimeFallback timeFallback,
        OnTombstone onTombstone,
        List<RecordCondition> heartbeats,
        RegistryHeader registryHeader,
        RecordFormat format) {

    static final EventConfig DEFAULTS = new EventConfig(
            List.of("/event_id"),
            "/event_time",
            "/event_type",
            Optional.empty(),
            List.of(TimeFormat.DEFAULT),
            ZoneId.of("UTC"),
            TimeFallback.NONE,
            OnTombstone.QUARANTINE,
            List.of(),
            RegistryHeader.QUARANTINE,
            RecordFormat.JSON);

    /** What counts as the time of an event that has none at its place. */
    public enum TimeFallback {
        /** Nothing: the record is rejected. */
        NONE,
        /** The timestamp of its Kafka record. */
        KAFKA
    }

    /** What becomes of a record without a value. */
    public enum OnTombstone {
        /** It is rejected as empty. */
        QUARANTINE,
        /** It is counted, and in no table. */
        SKIP
    }

    /** What becomes of a JSON value behind the header of a schema registry. */
    public enum RegistryHeader {
        /** It is rejected, and the reason says why. */
        QUARANTINE,
        /** The value is what stands behind the header. */
        SKIP
    }

    public EventConfig {
        heartbeats = List.copyOf(heartbeats);
        id = List.copyOf(id);
        id.forEach(Places::require);
        if (id.isEmpty() || new HashSet<>(id).size() < id.size()) {
            throw new IllegalArgumentException("an id needs at least one place, and none twice: " + id);
        }
        Places.require(time);
        Places.require(type);
        dataCenter.ifPresent(Places::require);
        timeFormats = List.copyOf(timeFormats);
        if (timeFormats.isEmpty()) {
            throw new IllegalArgumentException("a time needs a format; give at least one");
        }
        // "UTC", "Z" and "+00:00" mean the same zone, so they are one value here.
        timeZone = timeZone.normalized().equals(ZoneOffset.UTC) ? ZoneId.of("UTC") : timeZone;
    }

    /** Whether something of records' keys is read. */
    public boolean readsKeys() {
        List<String> places = new ArrayList<>(id);
        places.add(time);
        places.add(type);
        dataCenter.ifPresent(places::add);
        heartbeats.forEach(heartbeat -> places.add(heartbeat.place()));
        return places.stream().anyMatch(Places::isOfKey);
    }

    static ZoneId parseTimeZone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    Quoted.of(text) + " is not a time zone; write for example UTC, Europe/Berlin or +02:00", e);
        }
    }
}
