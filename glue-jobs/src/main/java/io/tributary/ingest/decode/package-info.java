/**
 * From the bytes of a record to an event or a rejected record.
 *
 * <p>{@link io.tributary.ingest.decode.RecordDecoder} decides, without Spark.
 * {@link io.tributary.ingest.decode.Decoding} applies it to a Dataset. A record is an event only if all of it can be
 * parsed: a truncated record is rejected, whatever its first half says.
 */
package io.tributary.ingest.decode;
