/**
 * Keeps the tables' files few, near their target size and clustered by time, and takes away what no reader needs any
 * more. Readers, merges and the stream go on meanwhile: nothing here changes what a query answers.
 */
package io.tributary.compaction.maintenance;
