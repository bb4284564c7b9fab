/**
 * The lake's tables: where they lie, how they are laid out, how they are made, and how far the merge has come.
 *
 * <p>Three Delta tables (staging, merged, quarantine) and the view over them. All of them stay within what Athena
 * reads: no deletion vectors, no v2 checkpoints, no type widening.
 */
package io.tributary.schema;
