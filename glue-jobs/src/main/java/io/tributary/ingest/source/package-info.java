/**
 * One Spark source that is many Kafka clusters.
 *
 * <p>At every trigger {@link io.tributary.ingest.discovery.DataCenterRegistry} says which data centers take part,
 * {@link io.tributary.ingest.discovery.OffsetFetcher} asks each how far its Kafka reaches, and
 * {@link io.tributary.ingest.plan.ReadQuota} decides how far this batch goes. Each task then reads ranges of one data
 * center through one Kafka consumer ({@link io.tributary.ingest.read.RecordFetcher}), which keeps what came and gives
 * trouble to what causes it. To Spark it is a single source, so a data center comes and goes without a restart and the
 * checkpoint never changes shape. Spark's own Kafka source is not used: it fails a batch for one range that is slow, or for
 * one timestamp that it cannot hold, and throws away what it had read.
 */
package io.tributary.ingest.source;
