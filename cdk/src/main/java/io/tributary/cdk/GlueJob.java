package io.tributary.cdk;

import io.tributary.cdk.StageSettings.Workers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One job of a stage.
 *
 * @param name also the last part of the name of its Glue job
 * @param isStreaming whether it runs until it is stopped
 * @param access what it reaches in the network
 * @param isFlexible whether it waits for spare capacity, which costs less
 * @param mainClass its entry class
 * @param arguments its own, by name without the hyphens
 * @param schedule when a trigger starts it; empty for the stream, which is started whenever it has ended
 * @param timeout after which a run is ended; empty for a stream
 * @param maintenanceWindow of a stream
 */
record GlueJob(
        String name,
        boolean isStreaming,
        JobAccess access,
        boolean isFlexible,
        String mainClass,
        Workers workers,
        Map<String, String> arguments,
        Optional<String> schedule,
        Optional<Duration> timeout,
        Optional<String> maintenanceWindow) {

    static final String INGEST = "ingest";
    static final String MERGE = "merge";
    static final String AUDIT = "audit";
}
