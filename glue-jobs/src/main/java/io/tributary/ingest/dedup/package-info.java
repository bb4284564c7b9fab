/**
 * Finds the first copy of each event.
 *
 * <p>The state forgets identities by planning time, not by event time, so the watermark never drops a backdated event.
 * {@link io.tributary.ingest.dedup.OnTime} decides for which rows the state has seen every possible copy.
 */
package io.tributary.ingest.dedup;
