/**
 * Orders to fill typed columns of the merged table from the stored payloads, and how far each has come. They lie in the
 * lake, where the operator's command writes them and the merge job carries them out.
 */
package io.tributary.lake.fill;
