package io.tributary.metrics;

import java.time.Instant;
import java.util.List;

/** Publishes data points. Publishing never blocks and never fails. */
public interface Metrics extends AutoCloseable {

    /** Discards everything. */
    Metrics NONE = new Metrics() {
        @Override
        public void publish(Instant at, List<DataPoint> measurements) {}

        @Override
        public void close() {}
    };

    void publish(Instant at, List<DataPoint> measurements);

    /** Delivers what is still queued, for a few seconds at most. */
    @Override
    void close();
}
