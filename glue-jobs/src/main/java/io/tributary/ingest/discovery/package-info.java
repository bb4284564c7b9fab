/**
 * Finds out which data centers there are and what their Kafka holds: the data-centers file, topics, and the offsets of
 * every partition.
 */
package io.tributary.ingest.discovery;
