package io.tributary.ingest.discovery;

import java.util.OptionalInt;

/**
 * A topic or partition that cannot be read now, although its cluster answers.
 *
 * @param partition empty if it is the whole topic
 * @param cause one line
 * @param remedy what an operator can do
 */
public record Unavailable(String topic, OptionalInt partition, String cause, String remedy) {

    public String place() {
        return partition.isPresent() ? "partition " + topic + "-" + partition.getAsInt() : "topic " + topic;
    }

    public String describe() {
        return place() + " cannot be read: " + cause + ". Everything else of the data center goes on; " + remedy;
    }
}
