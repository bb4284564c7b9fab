package io.tributary.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.runtime.MetricsDestination;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsFileTest {

    private static final Instant AT = Instant.parse("2026-01-31T08:00:00Z");

    @Test
    void eachMeasurementIsALine(@TempDir Path dir) throws IOException {
        Path file = dir.resolve("metrics.jsonl");
        try (Metrics metrics = new MetricsDestination.File(file).open()) {
            metrics.publish(AT, List.of(DataPoint.of(Metric.LAG, "fra1", 7)));
            metrics.publish(
                    AT,
                    List.of(
                            new DataPoint(Metric.FRESHNESS, Optional.empty(), new StatisticSet(2, 3, 1, 2)),
                            DataPoint.ofLake(Metric.MERGED_FILES, 12)));
        }
        assertThat(Files.readAllLines(file))
                .containsExactly(
                        "{\"at\":\"2026-01-31T08:00:00Z\",\"metric\":\"LagRecords\",\"unit\":\"Count\","
                                + "\"DataCenter\":\"fra1\",\"count\":1,\"sum\":7.0,\"min\":7.0,\"max\":7.0}",
                        "{\"at\":\"2026-01-31T08:00:00Z\",\"metric\":\"FreshnessSeconds\",\"unit\":\"Seconds\","
                                + "\"count\":2,\"sum\":3.0,\"min\":1.0,\"max\":2.0}",
                        "{\"at\":\"2026-01-31T08:00:00Z\",\"metric\":\"MergedFiles\",\"unit\":\"Count\","
                                + "\"count\":1,\"sum\":12.0,\"min\":12.0,\"max\":12.0}");
    }

    @Test
    void aFileThatCannotBeWrittenFailsNobody(@TempDir Path dir) {
        Path file = dir.resolve("no-folder").resolve("metrics.jsonl");
        new MetricsDestination.File(file).open().publish(AT, List.of(DataPoint.ofLake(Metric.BATCH, 1)));
        assertThat(file).doesNotExist();
    }
}
