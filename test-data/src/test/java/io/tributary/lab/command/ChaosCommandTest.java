package io.tributary.lab.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.error.InvalidInputException;
import io.tributary.lab.chaos.ChaosOptions;
import io.tributary.lab.chaos.FaultKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChaosCommandTest {

    @Test
    void nothingNeedsToBeSaid() {
        assertThat(options())
                .isEqualTo(new ChaosOptions(
                        6,
                        1,
                        300,
                        List.of(FaultKind.values()),
                        OptionalInt.empty(),
                        false,
                        false,
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void everythingCanBeSaid(@TempDir Path dir) {
        assertThat(options(
                        "--rounds=30",
                        "--seed=-4",
                        "--rate=500",
                        "--only=state_damaged,s3_500",
                        "--fuzz=100000",
                        "--isolation",
                        "--operator",
                        "--lake=" + dir.resolve("lake"),
                        "--report=" + dir.resolve("report.json")))
                .isEqualTo(new ChaosOptions(
                        30,
                        -4,
                        500,
                        List.of(FaultKind.STATE_DAMAGED, FaultKind.S3_500),
                        OptionalInt.of(100_000),
                        true,
                        true,
                        Optional.of(dir.resolve("lake")),
                        Optional.of(dir.resolve("report.json"))));
    }

    @Test
    void allThatIsWrongIsNamedTogether() {
        assertThatThrownBy(() -> options("--rounds", "0", "--seed", "x", "--round", "3", "--only", "s3_404"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll(
                        "'--rounds': \"0\"",
                        "'--seed': 'x'",
                        "'--round'",
                        "'--only' (KIND): \"s3_404\"",
                        "scripts/chaos --help");
    }

    private static ChaosOptions options(String... arguments) {
        return LabCommand.parse(new ChaosCommand(), arguments).options();
    }
}
