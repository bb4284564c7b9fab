package io.tributary.lab.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.error.InvalidInputException;
import io.tributary.lab.loadtest.LoadTestOptions;
import io.tributary.lab.process.ProjectRoot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadTestCommandTest {

    private static final Path PROJECT = ProjectRoot.find().dir();

    @TempDir
    private Path dir;

    @Test
    void aProfileByItsNameIsEnough() {
        LoadTestOptions options =
                LabCommand.parse(new LoadTestCommand(), "--profile", "steady").options(PROJECT);

        assertThat(options.profile().name()).isEqualTo("steady");
        assertThat(options.seed()).isEqualTo(1);
        assertThat(options.command()).isEqualTo("scripts/load-test --profile steady --seed 1");
        assertThat(options.report()).isEmpty();
        assertThat(options.json()).isEmpty();
        assertThat(options.lake()).isEmpty();
    }

    @Test
    void everyOptionIsTaken() {
        Path html = dir.resolve("r.html");
        Path json = dir.resolve("r.json");
        LoadTestOptions options = LabCommand.parse(
                        new LoadTestCommand(),
                        "--profile",
                        PROJECT.resolve("test-data/profiles/skew.yaml").toString(),
                        "--seed",
                        "7",
                        "--report",
                        html.toString(),
                        "--json",
                        json.toString(),
                        "--lake",
                        dir.resolve("lake").toString())
                .options(PROJECT);

        assertThat(options.profile().name()).isEqualTo("skew");
        assertThat(options.seed()).isEqualTo(7);
        assertThat(options.report()).contains(html);
        assertThat(options.json()).contains(json);
        assertThat(options.lake()).contains(dir.resolve("lake"));
    }

    @Test
    void withoutAProfileNothingIsRun() {
        assertThatThrownBy(() -> LabCommand.parse(new LoadTestCommand()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("--profile");
    }

    @Test
    void aResultBesideItselfIsNoWorse() throws IOException {
        Path stored = dir.resolve("smoke.json");
        try (var in = LoadTestOptions.class.getResourceAsStream("smoke.json")) {
            Files.copy(in, stored);
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8);

        assertThat(LabCommand.run(new CompareCommand(out), out, out, stored.toString(), stored.toString()))
                .isZero();
        assertThat(text.toString(StandardCharsets.UTF_8)).contains("smoke:").contains("+0%");
        assertThat(LabCommand.run(new CompareCommand(out), out, out, stored.toString()))
                .isEqualTo(2);
    }
}
