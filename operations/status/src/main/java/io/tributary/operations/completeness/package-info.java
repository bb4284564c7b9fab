/**
 * What {@code tributary completeness} tells: for one event date, hour by hour, what the lake holds of each data center, by
 * queries over the tables. Terms are defined in {@code docs/glossary.md}.
 */
package io.tributary.operations.completeness;
