package io.tributary.lab.truth;

/** Where a record lies: the data center whose Kafka delivered it, topic, partition and offset. */
public record Coordinates(String dataCenter, String topic, int partition, long offset) {

    /** 128 bits that stand for these coordinates. */
    public Fingerprint fingerprint() {
        return Identity.within(dataCenter, this.toString()).fingerprint();
    }

    @Override
    public String toString() {
        return dataCenter + "/" + topic + "-" + partition + "@" + offset;
    }
}
