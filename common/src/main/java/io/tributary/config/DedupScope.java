package io.tributary.config;

import io.tributary.columns.Columns;
import java.util.List;

/** The scope in which an event's id is unique. */
public enum DedupScope {
    /** Everywhere: the same id is the same event, whichever data center it came through. */
    GLOBAL(Columns.EVENT_ID),
    /** Within one data center: identity is data center and id. */
    DATA_CENTER(Columns.DATA_CENTER, Columns.EVENT_ID);

    private final List<String> columns;

    DedupScope(String... columns) {
        this.columns = List.of(columns);
    }

    /** The columns that make the identity of an event. */
    public List<String> columns() {
        return columns;
    }

    /**
     * The identity of an event as one text. The data center is preceded by its length, so that no two pairs have the same
     * text.
     */
    public String identity(String dataCenter, String id) {
        return this == GLOBAL ? id : dataCenter.length() + " " + dataCenter + " " + id;
    }
}
