package io.tributary.lab.evaluate;

import io.tributary.lab.truth.SentCounts;

/** One data center's part: what it sent, what became of it, and how soon it showed. */
public record DataCenterReport(String name, SentCounts sent, ProcessedCounts processed, Freshness freshness) {}
