package io.tributary.audit;

/** How deep an audit looks. */
public enum AuditLevel {
    /** Only the logs: seconds, and no Spark. */
    LOGS,
    /** The logs, and the data against them: as long as it takes to read all tables. */
    DATA
}
