/**
 * Brings the rollups up to date with the merged table: {@link io.tributary.compaction.rollup.RollupPlan} says from
 * which files and dates, {@link io.tributary.compaction.rollup.Measures} how events become measures, and
 * {@link io.tributary.compaction.rollup.RollupTable} commits both with commit metadata of the merges that are taken in.
 * Begin at {@link io.tributary.compaction.rollup.Rollups}.
 */
package io.tributary.compaction.rollup;
