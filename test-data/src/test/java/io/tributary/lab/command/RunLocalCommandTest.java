package io.tributary.lab.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.error.InvalidInputException;
import io.tributary.lab.load.LoadSpec.Shares;
import io.tributary.lab.run.RunOptions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLocalCommandTest {

    @TempDir
    private Path dir;

    @Test
    void everyOptionHasADefault() {
        assertThat(options())
                .isEqualTo(new RunOptions(
                        Duration.ofMinutes(1),
                        OptionalInt.empty(),
                        3,
                        0,
                        Optional.empty(),
                        0,
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
        RunOptions options = options(
                "--duration",
                "2m",
                "--rate=2000",
                "--data-centers",
                "5",
                "--spare",
                "2",
                "--close-after",
                "30s",
                "--refused",
                "50",
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
                "--report",
                dir + "/r.json",
                "--merge-every",
                "7s");
        assertThat(options)
                .isEqualTo(new RunOptions(
                        Duration.ofMinutes(2),
                        OptionalInt.of(2_000),
                        5,
                        2,
                        Optional.of(Duration.ofSeconds(30)),
                        50,
                        new Shares(0.2, 0.25, 0),
                        -7,
                        Optional.of(dir.resolve("lake")),
                        true,
                        true,
                        Optional.of(file),
                        Optional.empty(),
                        Optional.of(dir.resolve("r.json")),
                        Duration.ofSeconds(7)));
    }

    @Test
    void aFileIsSentAlone() throws Exception {
        String file = Files.createFile(dir.resolve("some.file")).toString();
        assertThat(options("--input", file).input()).contains(Path.of(file));
        assertThatThrownBy(() -> options("--input", file, "--spare", "1"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("--spare and --refused send generated events");
        assertThatThrownBy(() -> options("--input", file, "--refused", "1"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("leave out one of them");
    }

    @Test
    void aSiteIsClosedWhileTheOthersSend() {
        assertThatThrownBy(() -> options("--duration", "30s", "--close-after", "30s"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("--close-after is not before the end of --duration");
    }

    @Test
    void aNumberAloneCountsSeconds() {
        assertThat(options("--duration", "90").duration()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void allProblemsAreReportedTogether() {
        assertThatThrownBy(() -> options(
                        "--rate",
                        "0",
                        "--duplicates",
                        "80%",
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
                .hasMessageContainingAll(
                        "'--rate': \"0\" is no whole number from 1 to 1000000",
                        "'--backdated': \"200%\" is no part of the whole",
                        "'--duration': \"0\" is no time at all",
                        "'--seed': 'x' is not a long",
                        "'--input': \"none\" is not a file that can be read",
                        "is not a file in a folder that exists",
                        "'--keep': 'yes' is not a boolean",
                        "'--lake'",
                        "'--colour'",
                        "'stray'",
                        "'--merge-every' (TIME) should be specified only once",
                        "scripts/run-local --help lists them");
    }

    @Test
    void moreThanAllRecordsIsTooMuch() {
        assertThatThrownBy(() -> options("--duplicates", "80%", "--malformed", "0.3"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("--duplicates and --malformed together are more than all records");
    }

    @Test
    void theHelpNamesEveryOption() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);

        assertThat(LabCommand.run(new RunLocalCommand(), stream, stream, "--rate", "5", "--help"))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains(
                        "scripts/run-local",
                        "--duration",
                        "--rate",
                        "--data-centers",
                        "--spare",
                        "--close-after",
                        "--refused",
                        "--duplicates",
                        "(10%)",
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

    private static RunOptions options(String... arguments) {
        return LabCommand.parse(new RunLocalCommand(), arguments).options();
    }
}
