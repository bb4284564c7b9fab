/**
 * One merge: {@link io.tributary.compaction.merge.MergePlan} says from where to where,
 * {@link io.tributary.compaction.merge.LateRowDeduplicator} which rows are new events, and
 * {@link io.tributary.compaction.merge.Merger} commits them with the merge watermark.
 */
package io.tributary.compaction.merge;
