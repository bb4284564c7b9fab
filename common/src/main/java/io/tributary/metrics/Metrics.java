package io.tributary.metrics;

import java.time.Instant;
import java.util.List;

/** Takes measurements to where somebody looks at them. Publishing neither waits nor fails. */
public interface Metrics extends AutoCloseable {

    /** Metrics that nobody looks at. */
    Metrics NONE = new Metrics() {
        @Override
        public void publish(Instant at, List<DataPoint> measurements) {}

        @Override
        public void close() {}
    };

    void publish(Instant at, List<DataPoint> measurements);

    /** Delivers what is still under way, for a few seconds at most. */
    @Override
    void close();
}
