/**
 * Columns of the merged table that are filled from the stored payloads: {@link io.tributary.compaction.fill.FillPlan} says
 * what the orders ask for, {@link io.tributary.compaction.fill.PayloadFill} gives rows their values, and
 * {@link io.tributary.compaction.fill.ColumnFill} goes through the event dates.
 */
package io.tributary.compaction.fill;
