/**
 * From the bytes of a record to an event or a refusal.
 *
 * <p>{@link io.tributary.ingest.decode.RecordDecoder} decides, without Spark; {@link io.tributary.ingest.decode.Decoding}
 * applies it to a Dataset. A record is an event only if it is read whole: what its first half says counts for nothing if
 * the second half is missing.
 */
package io.tributary.ingest.decode;
