/**
 * One Spark source over many Kafka clusters.
 *
 * <p>At every trigger {@link io.tributary.ingest.discovery.DataCenterRegistry} says which data centers take part.
 * {@link io.tributary.ingest.discovery.OffsetFetcher} fetches the offsets of each, and
 * {@link io.tributary.ingest.plan.ReadQuota} decides how much of them this batch reads. Each task then reads ranges of
 * one data center through one Kafka consumer ({@link io.tributary.ingest.read.RecordFetcher}).
 *
 * <p>To Spark it is a single source. So a data center comes and goes without a restart, and the checkpoint's format
 * never changes. Spark's own Kafka source is not used, because it fails a whole batch for one slow range or one
 * timestamp that it cannot represent, and discards what it had read.
 */
package io.tributary.ingest.source;
