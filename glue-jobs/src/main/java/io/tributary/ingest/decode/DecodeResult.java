package io.tributary.ingest.decode;

import io.tributary.config.DedupScope;
import java.time.Instant;
import java.util.List;

/** What a record turned out to be. */
public sealed interface DecodeResult {

    /**
     * The record is an event.
     *
     * @param time to the millisecond
     * @param type null if the record says none
     * @param dataCenter that the record names, else the one that delivered it
     * @param typed the typed columns in the order of the configuration; null where absent or unfit
     * @param castFailures how many values did not fit the type of their column, or held what is no text
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

        /** What makes two records one event; a length goes before the data center, so that no two pairs read alike. */
        String identity(DedupScope scope) {
            return scope == DedupScope.GLOBAL ? id : dataCenter.length() + " " + dataCenter + " " + id;
        }
    }

    /** The record is no event and goes to quarantine. */
    record Rejected(Reason reason, String detail) implements DecodeResult {}

    /** Why a record is no event. */
    enum Reason {
        /** Kafka's client can make nothing of its bytes. */
        CORRUPT_RECORD,
        EMPTY,
        NOT_UTF8,
        NOT_JSON,
        NOT_AN_OBJECT,
        MISSING_ID,
        INVALID_ID,
        MISSING_EVENT_TIME,
        INVALID_EVENT_TIME,
        EVENT_TIME_OUT_OF_RANGE,
        /** Decoded, and no table takes it. */
        UNWRITABLE_RECORD,
        /** Reading it failed in a way that no rule foresees. */
        UNDECODABLE
    }
}
