package io.tributary.lab.profile;

import java.time.Duration;
import java.util.Optional;

/**
 * What a load test is held to, besides that it is exact and that its accounts balance, which every one is.
 *
 * @param freshnessP99 from when an event on time was due until SQL shows it, 99 of 100; empty where a fault or an overload
 *     makes it meaningless
 * @param lagIsFlat whether the lag may not grow while the load lasts
 * @param maxRatio how much slower the other data centers may become while a fault is done to one
 * @param recovery how long after a fault everything that was due by its end must show
 * @param returns how long after the phase of the greatest rate the lag must be back to what it was before
 * @param cpuPerMillion CPU-seconds of both jobs a million records
 */
public record Targets(
        Optional<Duration> freshnessP99,
        boolean lagIsFlat,
        Optional<Double> maxRatio,
        Optional<Duration> recovery,
        Optional<Duration> returns,
        Optional<Double> cpuPerMillion) {}
