package io.tributary.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The reference for users, docs/metrics.md, and the code name the same metrics. */
class MetricsReferenceTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Za-z]+)` \\| ([A-Za-z]+) \\| ([^|]+) \\|");

    @Test
    void everyMetricIsDocumentedWithUnitAndDimensionAndNoOther() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "metrics.md"));

        assertThat(ROW.matcher(page)
                        .results()
                        .map(row -> row.group(1) + " " + row.group(2) + " "
                                + row.group(3).strip()))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Metric.values())
                        .map(metric -> metric.title() + " " + metric.unit().word() + " "
                                + (metric.scope() == Metric.Scope.LAKE ? "lake" : "lake, data center"))
                        .toList());
    }
}
