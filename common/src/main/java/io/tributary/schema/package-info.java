/**
 * The schemas and layouts of the lake's tables: columns with types and comments, partitions, table properties, and
 * where the tables are.
 *
 * <p>All tables stay within what Athena reads: no deletion vectors, no v2 checkpoints, no type widening. Creating the
 * tables is the task of {@code io.tributary.lake}.
 */
package io.tributary.schema;
