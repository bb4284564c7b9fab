/** Reads the offset ranges of a micro-batch from Kafka, in Spark tasks. */
package io.tributary.ingest.read;
