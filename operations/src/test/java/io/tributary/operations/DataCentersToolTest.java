package io.tributary.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.error.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCentersToolTest {

    private static final String A = "{name: a, bootstrap_servers: 'a:9092', topics: [events]}";
    private static final String B = "{name: b, bootstrap_servers: 'b:9092', topics: [events], state: paused}";

    @TempDir
    Path dir;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final DataCentersTool tool =
            new DataCentersTool(new Configuration(), new PrintStream(printed, true, StandardCharsets.UTF_8));

    @Test
    void aFileThatTheStreamWouldTakeSaysWhatItWouldChange() throws IOException {
        Path tried = file("tried.yaml", "data_centers: [" + B + "]");
        Path inForce = file("in-force.yaml", "data_centers: [" + A + "]");

        tool.run("--file", tried.toString(), "--in-force", inForce.toUri().toString());

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .isEqualTo(tried + ": can be used, 1 in force: b (paused)\n"
                        + "against " + inForce.toUri() + ":\n"
                        + "  WARN a is no longer in the file, although it was active: it is not read any more and keeps its"
                        + " offsets; put its entry back, unless it was taken out on purpose\n"
                        + "  b is new, paused, so nothing of it is read until its state is active\n");
    }

    @Test
    void theSameFileChangesNothing() throws IOException {
        Path tried = file("tried.yaml", "data_centers: [" + A + ", " + B + "]");

        tool.run("--file", tried.toString(), "--in-force", tried.toString());

        assertThat(printed.toString(StandardCharsets.UTF_8)).endsWith("against " + tried + ": changes nothing\n");
    }

    @Test
    void everyProblemOfBothFilesIsToldAsTheJobTellsIt() throws IOException {
        Path tried = file("tried.yaml", "data_centers: [{name: a/b, topics: [e], strat: latest}]");
        Path config = file("pipeline.yaml", "dedup: {windw: 1h}");

        assertThatThrownBy(() -> tool.run("--file", tried.toString(), "--config", config.toString()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(tried + " has 3 problems:")
                .hasMessageContaining("data_centers[0].strat: is not a known key; did you mean start?")
                .hasMessageContaining(config + " has 1 problem:\n  dedup.windw: is not a known key");
    }

    @Test
    void aFileIsTriedAsGlueReadsIt() throws IOException {
        Path tried = file(
                "tried.yaml",
                "data_centers: [{name: a, bootstrap_servers: 'a:1', topics: [e], kafka: {ssl.key.password: '${secret:b}'}}]");

        tool.run("--file", tried.toString());
        assertThatThrownBy(() -> tool.run(
                        "--file",
                        tried.toString(),
                        "--runtime",
                        "glue",
                        "--secrets",
                        "a=arn:aws:secretsmanager:eu-central-1:111122223333:secret:a-AbCdEf"))
                .hasMessageContaining("kafka.ssl.key.password: data center a may not use the secret b");
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(dir.resolve(name), text);
    }
}
