package io.tributary.ingest.source;

import java.time.Duration;

/**
 * How the source reads.
 *
 * @param maxRecords records that one data center may contribute to one micro-batch
 * @param maxReplayRecords that one micro-batch may read by request
 * @param readingTarget how long reading one data center may take
 * @param metadataTimeout how long a trigger waits for the clusters' answers
 * @param clockTolerance how far the clock may be behind the last micro-batch
 * @param start where to begin, from the lake's log; a checkpoint overrides it
 */
public record SourceOptions(
        long maxRecords,
        long maxReplayRecords,
        Duration readingTarget,
        Duration metadataTimeout,
        Duration clockTolerance,
        SourceOffset start) {}
