/**
 * What {@code tributary columns} does: {@link io.tributary.operations.columns.FillableColumns} says which columns can be
 * filled from stored payloads, and {@link io.tributary.operations.columns.ColumnTrial} what would be in them.
 */
package io.tributary.operations.columns;
