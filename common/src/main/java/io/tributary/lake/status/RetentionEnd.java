package io.tributary.lake.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When Kafka may begin to delete records that were not read. It does not do so earlier, unless its retention is lowered;
 * while nothing is unread, it is as if a record came now.
 *
 * @param at empty if Kafka deletes nothing
 */
public record RetentionEnd(Optional<Instant> at) implements Comparable<RetentionEnd> {

    public static final RetentionEnd NEVER = new RetentionEnd(Optional.empty());

    private static final String NEVER_WORD = "never";

    public static RetentionEnd at(Instant time) {
        return new RetentionEnd(Optional.of(time));
    }

    /** The time that is left, zero if it is over; empty if it never ends. */
    public Optional<Duration> left(Instant now) {
        return at.map(end -> end.isBefore(now) ? Duration.ZERO : Duration.between(now, end));
    }

    @Override
    public int compareTo(RetentionEnd other) {
        return at.orElse(Instant.MAX).compareTo(other.at.orElse(Instant.MAX));
    }

    JsonNode toJson() {
        return at.<JsonNode>map(end -> LongNode.valueOf(end.toEpochMilli())).orElse(TextNode.valueOf(NEVER_WORD));
    }

    static RetentionEnd fromJson(JsonNode json) {
        return json.isIntegralNumber() ? at(Instant.ofEpochMilli(json.asLong())) : NEVER;
    }
}
