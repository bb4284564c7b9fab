package io.tributary.lab.loadtest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** Durations in milliseconds by the stretch of the load in which they began. */
final class OverTime {

    private static final int DIGITS = 2;

    private final long startMillis;
    private final long bucketMillis;
    private final TreeMap<Long, Histogram> buckets = new TreeMap<>();

    /**
     * @param startMillis of the load
     * @param bucketMillis how long a stretch is
     */
    OverTime(long startMillis, long bucketMillis) {
        this.startMillis = startMillis;
        this.bucketMillis = bucketMillis;
    }

    /** @param atMillis what began when, since the epoch */
    void add(long atMillis, long millis) {
        buckets.computeIfAbsent(Math.floorDiv(atMillis - startMillis, bucketMillis), any -> new Histogram(DIGITS))
                .recordValue(Math.max(0, millis));
    }

    /** For each stretch with values: when it begins, in seconds from the start, and percentiles in seconds. */
    ArrayNode json() {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        for (Map.Entry<Long, Histogram> bucket : buckets.entrySet()) {
            ObjectNode one = json.addObject().put("t", bucket.getKey() * bucketMillis / 1e3);
            Histogram values = bucket.getValue();
            one.put("p50", values.getValueAtPercentile(50) / 1e3);
            one.put("p99", values.getValueAtPercentile(99) / 1e3);
            one.put("max", values.getMaxValue() / 1e3);
        }
        return json;
    }
}
