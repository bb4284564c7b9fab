/**
 * Maintenance of the tables' files: compaction to the target size with rows ordered by time, expiry of rows, and vacuum
 * of files that no reader needs. It runs while readers, merges and the stream go on, and never changes the result of a
 * query.
 */
package io.tributary.compaction.maintenance;
