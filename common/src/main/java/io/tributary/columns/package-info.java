/**
 * The names of all columns of the lake. Each is a constant of {@link io.tributary.columns.Columns}; no other class has
 * a column name as a literal.
 */
package io.tributary.columns;
