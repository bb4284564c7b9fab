/** Starts the query, starts it again when it fails, and gives up a checkpoint that stands in its way. */
package io.tributary.ingest.recovery;
