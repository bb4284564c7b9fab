package io.tributary.operations.erasure;

import io.tributary.config.DedupScope;
import io.tributary.lake.erasure.IdentityHash;
import io.tributary.lake.erasure.RejectedRecord;
import io.tributary.operations.text.TextTable;
import io.tributary.operations.text.Words;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an erasure would take.
 *
 * @param rows that match now, by table and data center
 * @param scope of the identities
 * @param salt that they are hashed with
 * @param identities of the events
 * @param rejected records of the quarantine whose bytes hold the value
 * @param versions of the tables that were searched
 */
public record ErasureEffect(
        List<Rows> rows,
        DedupScope scope,
        String salt,
        Set<IdentityHash> identities,
        List<RejectedRecord> rejected,
        SortedMap<String, Long> versions) {

    /**
     * Rows of one table that one data center delivered.
     *
     * @param dates how many event dates they lie on; 0 for the quarantine, whose records have none
     * @param first the earliest event time; empty for the quarantine
     * @param last the latest
     */
    public record Rows(
            String table, String dataCenter, long rows, long dates, Optional<Instant> first, Optional<Instant> last) {}

    /** The rows that match now, by table. */
    public SortedMap<String, Long> byTable() {
        SortedMap<String, Long> sums = new TreeMap<>();
        versions.keySet().forEach(table -> sums.put(table, 0L));
        rows.forEach(own -> sums.merge(own.table(), own.rows(), Long::sum));
        return sums;
    }

    /** A table for people. */
    public String text() {
        TextTable table = new TextTable(2, "table", "data center", "rows", "event dates", "first event", "last event");
        rows.forEach(own -> table.row(
                own.table(),
                own.dataCenter(),
                Words.count(own.rows()),
                own.first().isEmpty() ? "" : Words.count(own.dates()),
                own.first().map(Words::dateAndTime).orElse(""),
                own.last().map(Words::dateAndTime).orElse("")));
        return (table.isEmpty() ? "No row matches now.\n" : table.text() + "\n") + Words.count(identities.size())
                + " events will be erased, and never come back by a copy.\n";
    }
}
