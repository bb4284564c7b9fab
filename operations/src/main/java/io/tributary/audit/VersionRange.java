package io.tributary.audit;

/**
 * What was audited of one table's log.
 *
 * @param first first version that is there; -1 if none is
 * @param last last version
 * @param pipelineCommits commits that carry commit metadata; the others are maintenance
 * @param rows rows added less rows removed over the commits audited, without merge watermarks
 */
record VersionRange(String table, long first, long last, long commits, long pipelineCommits, long rows) {

    static VersionRange none(String table) {
        return new VersionRange(table, -1, -1, 0, 0, 0);
    }

    /** Whether the log goes back to the table's creation. */
    boolean isComplete() {
        return first == 0;
    }
}
