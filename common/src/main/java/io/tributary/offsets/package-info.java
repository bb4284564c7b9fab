/**
 * Offsets as pure values: what was read of every partition, and how one micro-batch changes that. No class here knows
 * Spark or Kafka.
 */
package io.tributary.offsets;
