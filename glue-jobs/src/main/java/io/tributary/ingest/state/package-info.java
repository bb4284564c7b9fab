/**
 * The state store of the deduplication: a keyed 128-bit fingerprint of each identity, in generations by expiry.
 *
 * <p>Spark's operator, its watermark and its recovery stay. {@link
 * io.tributary.ingest.state.FingerprintStateStoreProvider} is what Spark creates by name. What a batch costs follows what
 * it adds and what expires, not what is remembered.
 */
package io.tributary.ingest.state;
