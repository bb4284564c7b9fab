/**
 * Tries the mapping of a configuration on sample records, with the pipeline's own decoder and before anything is
 * deployed. It needs no lake and no Kafka.
 */
package io.tributary.operations.mapping;
