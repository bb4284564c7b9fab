package io.tributary.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job as a process of its own, as far as it comes before Spark is started. */
class IngestStartTest {

    @TempDir
    Path dir;

    @Test
    void aFirstStartWithAMistakeInTheDataCentersFileEndsBeforeItTouchesAnything() throws Exception {
        Path lake = dir.resolve("lake");
        Files.writeString(dir.resolve("pipeline.yaml"), "dedup: {window: 1h}\n");
        Files.writeString(dir.resolve("data-centers.yaml"), "data_centers: [{name: a, strat: latest}]\n");

        Process job = job(lake);
        String said = new String(job.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(job.waitFor()).as(said).isEqualTo(2);
        assertThat(said)
                .contains("data_centers[0].strat: is not a known key; did you mean start?")
                .doesNotContain("\tat ", "SparkContext");
        assertThat(said.lines()).hasSizeLessThan(12);
        assertThat(lake).doesNotExist();
    }

    private Process job(Path lake) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-XX:TieredStopAtLevel=1",
                        IngestJob.class.getName(),
                        "--config",
                        dir.resolve("pipeline.yaml").toUri().toString(),
                        "--data-centers",
                        dir.resolve("data-centers.yaml").toUri().toString(),
                        "--lake",
                        lake.toUri().toString()))
                .redirectErrorStream(true)
                .start();
    }
}
