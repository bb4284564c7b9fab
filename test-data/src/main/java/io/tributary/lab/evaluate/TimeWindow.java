package io.tributary.lab.evaluate;

import java.util.ArrayList;
import java.util.List;

/** How fresh the events on time were that Kafka took in within a stretch of time, data center by data center. */
public final class TimeWindow {

    private final long fromMillis;
    private long untilMillis;
    private final List<Latencies> byDataCenter = new ArrayList<>();

    TimeWindow(long fromMillis, long untilMillis, int dataCenters) {
        this.fromMillis = fromMillis;
        this.untilMillis = untilMillis;
        for (int i = 0; i < dataCenters; i++) {
            byDataCenter.add(new Latencies());
        }
    }

    synchronized void add(long kafkaMillis, long latencyMillis, int dataCenter) {
        if (kafkaMillis >= fromMillis && kafkaMillis < untilMillis) {
            byDataCenter.get(dataCenter).add(latencyMillis);
        }
    }

    /** Lets events count that Kafka had before this moment, and none that comes later. */
    public synchronized void end(long millis) {
        untilMillis = Math.min(untilMillis, millis);
    }

    /** The freshness of one data center's events, as far as they were shown by now. */
    public synchronized Freshness freshness(int dataCenter) {
        return byDataCenter.get(dataCenter).freshness();
    }
}
