package io.tributary.lab.evaluate;

/**
 * How long events took from Kafka to the first answer that showed them, in milliseconds.
 *
 * @param events how many were measured
 */
public record Freshness(long events, long p50, long p95, long p99, long max) {

    /** Nothing was measured. */
    public static final Freshness NONE = new Freshness(0, 0, 0, 0, 0);
}
