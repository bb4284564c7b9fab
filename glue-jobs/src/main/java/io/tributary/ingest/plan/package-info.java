/** Decides what a micro-batch reads: from the progress so far, the offsets that Kafka holds, quotas, and what an operator accepted. */
package io.tributary.ingest.plan;
