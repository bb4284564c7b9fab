/**
 * From a deduplicated batch to its commits.
 *
 * <p>{@link io.tributary.ingest.write.BatchWriter} is the stream's foreachBatch: it counts what became of every record,
 * checks that the batch continues what the lake has, and writes quarantine and then staging, whose commit carries the
 * metadata and alone makes the batch count.
 */
package io.tributary.ingest.write;
