/**
 * The event's columns and lineage by name: every column name of the lake is a constant of
 * {@link io.tributary.columns.Columns}, and nothing else spells one out.
 */
package io.tributary.columns;
