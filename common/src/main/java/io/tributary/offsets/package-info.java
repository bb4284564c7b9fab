/** Offsets as pure values: what is read of every partition, and what one micro-batch does to it. Knows neither Spark nor Kafka. */
package io.tributary.offsets;
