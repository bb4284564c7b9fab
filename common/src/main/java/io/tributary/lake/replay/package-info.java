/**
 * Requests to read records by the stream that Kafka does not deliver as new: those of the quarantine, offsets that were read
 * before, and files. A request is a file beside the tables. It is written once by a command and never changed; how far
 * it has come is in the commit metadata of the batches.
 */
package io.tributary.lake.replay;
