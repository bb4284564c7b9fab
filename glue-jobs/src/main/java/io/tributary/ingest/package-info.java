/**
 * The streaming job: from every data center's Kafka to the staging and quarantine tables.
 *
 * <p>Begin at {@link io.tributary.ingest.IngestJob}. The packages below it are the steps of an event's way: source,
 * decode, dedup, write.
 */
package io.tributary.ingest;
