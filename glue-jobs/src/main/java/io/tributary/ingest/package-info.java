/**
 * The streaming job: from every data center's Kafka to the staging and quarantine tables.
 *
 * <p>Begin at {@link io.tributary.ingest.IngestJob}. The packages below are the steps of an event's way:
 * {@code discovery} (which data centers and offsets there are), {@code plan} (what a batch reads), {@code source}
 * (Spark's interface), {@code read} (Kafka), {@code decode}, {@code dedup}, {@code write}. {@code recovery} starts and
 * restarts the query. {@code docs/glossary.md} defines the terms.
 */
package io.tributary.ingest;
