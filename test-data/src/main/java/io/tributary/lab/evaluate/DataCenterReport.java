package io.tributary.lab.evaluate;

import io.tributary.lab.truth.SentCounts;

/**
 * One data centre's part.
 *
 * @param read records that the stream carried, which it staged, dropped as duplicates or quarantined
 */
public record DataCenterReport(
        String name, SentCounts sent, long read, long staged, long duplicates, long quarantined, Freshness freshness) {}
