package io.tributary.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.error.InvalidInputException;
import io.tributary.lab.load.LoadSpec.Shares;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunOptionsTest {

    @TempDir
    private Path dir;

    @Test
    void everyOptionHasADefault() {
        assertThat(RunOptions.parse())
                .isEqualTo(new RunOptions(
                        Duration.ofMinutes(1),
                        OptionalInt.empty(),
                        3,
                        new Shares(0.1, 0.05, 0.01),
                        1,
                        Optional.empty(),
                        false,
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Duration.ofSeconds(2)));
    }

    @Test
    void everyOptionIsTaken() throws Exception {
        Path file = Files.createFile(dir.resolve("some.file"));
        RunOptions options = RunOptions.parse(
                "--duration",
                "2m",
                "--rate=2000",
                "--data-centers",
                "5",
                "--duplicates",
                "20%",
                "--backdated",
                "0.25",
                "--malformed",
                "0",
                "--seed",
                "-7",
                "--lake",
                dir + "/lake",
                "--keep",
                "--s3",
                "--config",
                file.toString(),
                "--input",
                file.toString(),
                "--report",
                dir + "/r.json",
                "--merge-every",
                "7s");
        assertThat(options)
                .isEqualTo(new RunOptions(
                        Duration.ofMinutes(2),
                        OptionalInt.of(2_000),
                        5,
                        new Shares(0.2, 0.25, 0),
                        -7,
                        Optional.of(dir.resolve("lake")),
                        true,
                        true,
                        Optional.of(file),
                        Optional.of(file),
                        Optional.of(dir.resolve("r.json")),
                        Duration.ofSeconds(7)));
    }

    @Test
    void aNumberAloneCountsSeconds() {
        assertThat(RunOptions.parse("--duration", "90").duration()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void allProblemsAreReportedTogether() {
        assertThatThrownBy(() -> RunOptions.parse(
                        "--rate",
                        "0",
                        "--duplicates",
                        "80%",
                        "--malformed",
                        "0.3",
                        "--backdated",
                        "200%",
                        "--duration",
                        "0",
                        "--seed",
                        "x",
                        "--input",
                        "none",
                        "--report",
                        dir + "/none/r.json",
                        "--keep=yes",
                        "--lake",
                        "--colour",
                        "red",
                        "stray",
                        "--merge-every",
                        "5",
                        "--merge-every",
                        "6"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("--rate \"0\" is no whole number from 1 to 1000000")
                .hasMessageContaining("--duplicates and --malformed together are more than all records")
                .hasMessageContaining("--backdated \"200%\" is no part of the whole")
                .hasMessageContaining("--duration \"0\" is no time at all")
                .hasMessageContaining("--seed \"x\" is no whole number")
                .hasMessageContaining("--input \"none\" is not a file that can be read")
                .hasMessageContaining("is not a file in a folder that exists")
                .hasMessageContaining("--keep takes no value")
                .hasMessageContaining("--lake has no value")
                .hasMessageContaining("--colour is not an option")
                .hasMessageContaining("\"stray\" is no option")
                .hasMessageContaining("--merge-every is given twice")
                .hasMessageContaining("scripts/run-local --help");
    }

    @Test
    void theHelpNamesEveryOption() {
        assertThat(RunOptions.asksForHelp("--rate", "5", "--help")).isTrue();
        assertThat(RunOptions.HELP)
                .contains(
                        "--duration",
                        "--rate",
                        "--data-centers",
                        "--duplicates",
                        "--backdated",
                        "--malformed",
                        "--seed",
                        "--lake",
                        "--keep",
                        "--config",
                        "--input",
                        "--report",
                        "--merge-every",
                        "--help");
    }
}
