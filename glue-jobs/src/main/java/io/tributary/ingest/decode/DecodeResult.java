package io.tributary.ingest.decode;

import io.tributary.config.DedupScope;
import java.time.Instant;
import java.util.List;

/** The outcome of decoding a record. */
public sealed interface DecodeResult {

    /**
     * The record is an event.
     *
     * @param time to the millisecond
     * @param type null if the record has none
     * @param dataCenter that the record names; otherwise the one that delivered it
     * @param typed the typed columns in the order of the configuration; null where the value is absent or was not cast
     * @param castFailures how many values did not fit the type of their column, or held characters that are no text
     */
    record Event(
            String id,
            Instant time,
            String type,
            String dataCenter,
            List<Object> typed,
            String payload,
            int castFailures)
            implements DecodeResult {

        /** The identity of the event. */
        String identity(DedupScope scope) {
            return scope.identity(dataCenter, id);
        }
    }

    /**
     * The record is no event and goes to quarantine.
     *
     * @param id of the event that it tells of; null if it cannot be read
     * @param dataCenter of that event; null if the id is
     */
    record Rejected(Reason reason, String detail, String id, String dataCenter) implements DecodeResult {

        Rejected(Reason reason, String detail) {
            this(reason, detail, null, null);
        }
    }

    /** The record has no event, and a rule of the configuration passes over such records: it is counted, and in no table. */
    record WithoutEvent() implements DecodeResult {}

    /** Why a record is no event. */
    enum Reason {
        /** Kafka's client cannot parse its bytes, or they are too many. */
        CORRUPT_RECORD,
        EMPTY,
        /** JSON behind the header of a schema registry, which nobody said to skip. */
        REGISTRY_HEADER,
        /** The header of a schema registry is not there, though the format needs it. */
        MISSING_SCHEMA_ID,
        /** The registry of the data center does not have the schema. */
        UNKNOWN_SCHEMA,
        /** The schema cannot be parsed, or is one of another format. */
        UNUSABLE_SCHEMA,
        /** The bytes are not what their schema says. */
        NOT_OF_SCHEMA,
        NOT_UTF8,
        NOT_JSON,
        NOT_AN_OBJECT,
        MISSING_ID,
        INVALID_ID,
        MISSING_EVENT_TIME,
        INVALID_EVENT_TIME,
        EVENT_TIME_OUT_OF_RANGE,
        /** It was decoded, and the table format does not accept a value of it. */
        UNWRITABLE_RECORD,
        /** Decoding failed in a way that no rule covers. */
        UNDECODABLE
    }
}
