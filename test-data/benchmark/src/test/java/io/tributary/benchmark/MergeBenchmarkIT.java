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

/** The benchmark at a size that proves nothing but that both ways take in the same rows. */
class MergeBenchmarkIT {

    @Test
    void bothWaysTakeInWhatIsNewAndTheFiguresArePrinted(@TempDir Path dir) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (LocalRuntime runtime = LocalRuntime.open("benchmark-it", 2)) {
            new MergeBenchmark(runtime.spark(), dir, 400, new PrintStream(text, true, StandardCharsets.UTF_8))
                    .run(List.of(2_000L));
        }

        assertThat(text.toString(StandardCharsets.UTF_8))
                .contains("merging 400 new rows")
                .containsPattern("(?m)^ +2,000( +[0-9.]+){5}$")
                .contains("never slower than MERGE");
    }
}
