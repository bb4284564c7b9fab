/**
 * One Spark source that is many Kafka clusters.
 *
 * <p>At every trigger {@link io.tributary.ingest.source.Membership} says which data centres take part,
 * {@link io.tributary.ingest.source.Inquiries} asks each how far its Kafka reaches, and
 * {@link io.tributary.ingest.source.FairShare} decides how far this batch goes. The reading itself is Spark's own Kafka
 * source, one per data centre. To Spark it is a single source, so a data centre comes and goes without a restart and
 * the checkpoint never changes shape.
 */
package io.tributary.ingest.source;
