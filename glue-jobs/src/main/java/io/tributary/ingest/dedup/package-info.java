/**
 * Which row is the first copy of its event.
 *
 * <p>The state remembers identities by arrival time, so no backdated event is ever dropped by a watermark;
 * {@link io.tributary.ingest.dedup.OnTime} says for which rows what the state remembers is all there can be.
 */
package io.tributary.ingest.dedup;
