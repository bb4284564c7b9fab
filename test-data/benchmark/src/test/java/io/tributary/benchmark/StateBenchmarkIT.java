package io.tributary.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.runtime.LocalRuntime;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark at a size that proves nothing but that all stores pass what is new and the figures are printed. */
class StateBenchmarkIT {

    @Test
    void allStoresPassWhatIsNewAndTheFiguresArePrinted(@TempDir Path dir) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (LocalRuntime runtime = LocalRuntime.open("benchmark-it", 2)) {
            new StateBenchmark(runtime.spark(), dir, 2_000, new PrintStream(text, true, StandardCharsets.UTF_8))
                    .run(List.of(16_000L));
        }

        assertThat(text.toString(StandardCharsets.UTF_8))
                .contains("batches of 2,000 rows")
                .containsPattern("(?m)^ +16,000 +fingerprints( +[0-9.]+ \\([0-9.]+ to [0-9.]+\\)){2} +\\d+ ")
                .containsPattern("(?m)^ +16,000 +rocksdb ")
                .containsPattern("(?m)^ +16,000 +hdfs ")
                .contains("\"benchmark\":\"state\"")
                .contains("fingerprints: CPU, the largest state / the smallest");
    }
}
