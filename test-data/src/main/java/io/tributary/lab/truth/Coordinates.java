package io.tributary.lab.truth;

/**
 * Where a record lies.
 *
 * @param dataCenter the one whose Kafka delivered it
 * @param topicId as the brokers report it, since a topic that is deleted and recreated has the offsets of the old one
 */
public record Coordinates(String dataCenter, String topic, String topicId, int partition, long offset) {

    /** The same place under another name of its data center. */
    public Coordinates of(String name) {
        return new Coordinates(name, topic, topicId, partition, offset);
    }

    /** 128 bits that stand for these coordinates. */
    public Fingerprint fingerprint() {
        return Identity.within(dataCenter, topicId + " " + this).fingerprint();
    }

    @Override
    public String toString() {
        return dataCenter + "/" + topic + "-" + partition + "@" + offset;
    }
}
