/**
 * The merge job: from the staging table to event-time partitions.
 *
 * <p>Begin at {@link io.tributary.compaction.MergeJob}. {@code merge} moves rows and merge watermark in one commit,
 * {@code rollup} takes what merges added into tables of measures, {@code compact} keeps the number of small files in
 * hand, {@code publish} keeps the catalog true.
 */
package io.tributary.compaction;
