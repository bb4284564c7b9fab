/** Starts the query, restarts it when it fails, and abandons a checkpoint that prevents it from running. */
package io.tributary.ingest.recovery;
