package io.tributary.audit;

/**
 * One place where log or data are not what they must be.
 *
 * @param table name of the table
 * @param version the version of the table that is at fault; -1 if no single one is
 * @param place what within the version: data center, partition, date; empty if all of it
 */
record Finding(Kind kind, String table, long version, String place, String expected, String found) {

    /** What can be wrong, each with what to do about it. */
    enum Kind {
        COMMIT_MISSING(
                "a commit is missing from the log",
                "Put the log file back from the bucket's earlier versions or a backup; nothing in the pipeline removes"
                        + " one from the middle of a log. Its rows are no longer in the table."),
        COMMIT_UNREADABLE(
                "a commit cannot be read",
                "Put the log file back from the bucket's earlier versions or a backup; it was changed after it was"
                        + " written."),
        METADATA_MISPLACED(
                "a commit carries the metadata of another table",
                "Find who wrote it: a job with the wrong --lake or table names in its configuration."),
        UNKNOWN_ORIGIN(
                "a commit without commit metadata changed data",
                "Find who wrote it (commitInfo in the log file names the engine). RESTORE the table to the version"
                        + " before it if no batch or merge followed; otherwise undo by hand what it did."),
        ROWS_CHANGED(
                "maintenance changed rows that it must keep",
                "Keep the table's removed files (no VACUUM) and compare the version before with the one after."),
        ROWS(
                "the rows of a commit are not those that its metadata counts",
                "The commit was changed after it was written. Put the log file back from the bucket's earlier versions"
                        + " or a backup. If there is none: the data files lie beside the log until the next VACUUM, and"
                        + " Kafka holds the records of its offsets until retention."),
        SEQUENCE(
                "batches are not numbered without hole or repeat",
                "A batch was removed, or a second driver wrote one. Compare the commits around it; stop any second"
                        + " streaming job."),
        COMMIT_TIME(
                "arrived_at does not increase",
                "Rows with this arrived_at may lie under the merge's merge watermark unmerged: run with --deep, which says so."
                        + " Stop any second streaming job."),
        OFFSETS(
                "offsets do not continue",
                "Above what is expected: the records between were not staged; replay them from Kafka while it holds"
                        + " them. Below: they were staged twice; --deep says whether readers see it."),
        RANGE(
                "commit metadata is not possible in itself",
                "The commit was changed after it was written, or its writer is defective. Put the log file back; report"
                        + " it if it is unchanged."),
        POSITIONS(
                "the positions do not follow from the ranges",
                "A restart from these positions would skip or repeat records. Stop the streaming job until the log file"
                        + " is put back."),
        TOPIC_IDENTITY(
                "a topic was read on though it was another one",
                "Records below these offsets of the new topic were not read, and nobody accepted that. Stop the streaming"
                        + " job and read the topic under another name of the data center, which reads it whole."),
        QUARANTINE(
                "the quarantine does not hold what the batches rejected",
                "Fewer rows than expected: put the log file of the quarantine commit back. More: the same coordinates"
                        + " were written twice; --deep lists them."),
        MERGE_NUMBER(
                "merges are not numbered without hole or repeat",
                "A merge commit was removed or repeated. Put its log file back from the bucket's earlier versions or a"
                        + " backup."),
        MERGE_WATERMARK(
                "the merge watermark does not continue",
                "Rows between the two merge watermarks are merged never or twice; --deep says which. Do not merge until the log"
                        + " file that was changed is put back."),
        LIFETIME(
                "the running total of merged rows does not continue",
                "A merge commit was changed, or a merge worked on a table that is not the one before it. Run with"
                        + " --deep, which counts the rows of the table."),
        MERGED(
                "a merge did not take what was staged for it",
                "If a staging commit is named above, mend that first. Otherwise run with --deep, which names the events"
                        + " that are not merged."),
        DATA_UNREADABLE(
                "the data cannot be read",
                "Put the missing or broken file back from the bucket's earlier versions or a backup."),
        DATA_ROWS(
                "the data does not hold the rows that the log accounts for",
                "Files were changed behind the log's back. Put them back from the bucket's earlier versions or a"
                        + " backup."),
        DATA_OFFSETS(
                "rows carry offsets outside what their batch read",
                "The writer is defective or the rows are not its own; report it with this output."),
        ROLLUP(
                "a rollup does not hold what its events add up to",
                "Drop the rollup's table (its folder): the next run of the merge job computes it as a whole. Report it"
                        + " with this output if nobody else has written to the table."),
        VISIBLE_DUPLICATE(
                "the view shows an event more than once",
                "If dedup.time_tolerance was raised, they were merged as two events before; otherwise report it with"
                        + " this output."),
        NOT_MERGED(
                "a staged event up to the merge watermark is not in the merged table",
                "If a finding of the log is named above, mend that first; otherwise report it with this output."),
        ERASED(
                "an event that was erased is in the table",
                "A RESTORE has brought it back, or somebody has written to the table. Type tributary erase --again NUMBER"
                        + " --because ...; the next run of the merge job removes it."),
        DUPLICATE_COORDINATES(
                "a record lies in the quarantine twice",
                "Nothing is lost; a replay of the quarantine must take one of the two. Stop any second streaming job.");

        private final String problem;
        private final String remedy;

        Kind(String problem, String remedy) {
            this.problem = problem;
            this.remedy = remedy;
        }

        String problem() {
            return problem;
        }

        String remedy() {
            return remedy;
        }
    }

    /** A finding about a table as a whole. */
    static Finding of(Kind kind, String table, String place, String expected, String found) {
        return new Finding(kind, table, -1, place, expected, found);
    }

    /** Where it is, in words. */
    String where() {
        return table + (version < 0 ? "" : " version " + version) + (place.isEmpty() ? "" : ", " + place);
    }
}
