/**
 * Decides what a micro-batch reads, from the read progress, the offsets that Kafka holds, the quotas, and what an
 * operator has accepted.
 */
package io.tributary.ingest.plan;
