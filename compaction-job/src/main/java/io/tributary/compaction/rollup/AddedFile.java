package io.tributary.compaction.rollup;

import java.time.LocalDate;

/**
 * A file of events that a commit added to the merged table.
 *
 * @param path relative to the table's root, or whole
 * @param date the event date of all its events
 * @param events how many it holds; negative where the log does not say
 */
record AddedFile(String path, LocalDate date, long events) {}
