package io.tributary.operations.history;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that happened to a lake.
 *
 * @param dataCenter whose; empty if it concerns the lake
 * @param table name and version of the commit that tells, such as {@code events_staging@48211}
 * @param words what happened, in one line
 */
public record HistoryEntry(Instant at, Kind kind, Optional<String> dataCenter, String table, String words) {

    /** What may happen. */
    public enum Kind {
        /** A micro-batch was committed. */
        BATCH,
        /** Offsets were planned and could not be read; a later batch reads them. */
        DEFERRAL,
        /** Offsets that Kafka no longer had were skipped, because an operator accepted that. */
        GAP,
        /** Retention deleted offsets before anything of their partition was read. */
        EXPIRY,
        /** A topic was restarted, because an operator accepted that its old offsets have lost their meaning. */
        RESET,
        /** A partition was found halted: its log lost offsets that were read. */
        HALT,
        /** A data center was read for the first time, or is no longer in force. */
        MEMBERSHIP,
        /** Records were read by request: of the quarantine, of offsets that were read before, or of files. */
        REPLAY,
        /** The stream went on from a new checkpoint, whose deduplication state began empty. */
        CHECKPOINT,
        MERGE,
        /** Rows of erased events, or dates that a rule drops, were removed. */
        REMOVAL,
        /** Files were compacted, or old rows and files removed. */
        MAINTENANCE,
        /** A table was put back to an earlier version. */
        RESTORE,
        /** A commit of somebody else. */
        OTHER;

        /** As people write it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
