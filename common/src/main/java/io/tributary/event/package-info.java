/**
 * The event: its columns, its types and its lineage.
 *
 * <p>Every column name of the lake is a constant of {@link io.tributary.event.Columns}, and every schema is built by
 * {@link io.tributary.event.EventSchema}; nothing else spells one out.
 */
package io.tributary.event;
