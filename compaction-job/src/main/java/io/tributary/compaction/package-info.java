/**
 * The merge job: from the staging table to event-date partitions.
 *
 * <p>Begin at {@link io.tributary.compaction.MergeJob}. {@code merge} moves rows and merge watermark in one commit.
 * {@code rollup} adds the merged rows to tables of measures. {@code maintenance} compacts small files and deletes
 * expired data. {@code catalog} synchronizes the Glue Data Catalog. {@code docs/glossary.md} defines the terms.
 */
package io.tributary.compaction;
