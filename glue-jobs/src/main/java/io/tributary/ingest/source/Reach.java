package io.tributary.ingest.source;

import io.tributary.account.Positions;

/**
 * How far a data centre's Kafka reaches.
 *
 * @param earliest the first offset that each partition still holds
 * @param latest the offset after the last record of each partition
 * @param start where a data centre that is new begins, by its configuration
 */
record Reach(Positions earliest, Positions latest, Positions start) {}
