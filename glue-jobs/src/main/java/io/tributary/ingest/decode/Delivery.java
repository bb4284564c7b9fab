package io.tributary.ingest.decode;

import java.time.Instant;

/**
 * How a record came.
 *
 * @param dataCenter whose Kafka delivered it
 * @param timestamp of Kafka; null if it is not plausible or there is none
 * @param plannedAt when its batch was planned
 */
public record Delivery(String dataCenter, Instant timestamp, Instant plannedAt) {}
