package io.tributary.metrics;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Appends data points to a file, one JSON object a line. Several jobs may write to one file. */
public final class MetricsFile implements Metrics {

    private static final Logger LOG = LoggerFactory.getLogger(MetricsFile.class);

    private final Path path;

    public MetricsFile(Path path) {
        this.path = path;
    }

    @Override
    public void publish(Instant at, List<DataPoint> measurements) {
        StringBuilder lines = new StringBuilder();
        measurements.forEach(measurement -> lines.append(json(at, measurement)).append('\n'));
        try {
            // In one write, so that the lines of two processes do not mix.
            Files.write(
                    path,
                    lines.toString().getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            LOG.warn("metrics[{}]: {} data points cannot be written: {}", path, measurements.size(), e.toString());
        }
    }

    private static ObjectNode json(Instant at, DataPoint measurement) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("at", at.toString());
        line.put("metric", measurement.metric().title());
        line.put("unit", measurement.metric().unit().word());
        measurement.dataCenter().ifPresent(name -> line.put(Metric.DATA_CENTER, name));
        line.put("count", measurement.values().count());
        line.put("sum", measurement.values().sum());
        line.put("min", measurement.values().least());
        line.put("max", measurement.values().most());
        return line;
    }

    @Override
    public void close() {}
}
