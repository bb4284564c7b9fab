package io.tributary.lab.input;

import java.util.Optional;

/**
 * What the rules of the configuration read from a record.
 *
 * @param dataCenter the one that the record names
 * @param timeMicros event time in microseconds since 1970
 */
public record ForeignEvent(Optional<String> dataCenter, String id, long timeMicros) {}
