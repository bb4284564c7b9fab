/**
 * Keeps the merged table's files few: {@link io.tributary.compaction.compact.CompactionPlan} says which partitions have
 * gathered too many small ones, {@link io.tributary.compaction.compact.Compactor} packs them.
 */
package io.tributary.compaction.compact;
