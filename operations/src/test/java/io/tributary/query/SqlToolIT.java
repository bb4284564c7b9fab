package io.tributary.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.PipelineConfig;
import io.tributary.lake.LakeTables;
import io.tributary.runtime.LocalRuntime;
import io.tributary.schema.Lake;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** How the tool for queries ends. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SqlToolIT {

    private Path dir;

    @BeforeAll
    void makeALake(@TempDir Path temporary) {
        dir = temporary;
        PipelineConfig config = PipelineConfig.defaults();
        try (LocalRuntime runtime = LocalRuntime.open("sql-tool-it", 1)) {
            new LakeTables(runtime.spark()).ensure(Lake.of(Optional.of(dir.toString()), config), config.columns());
        }
    }

    @Test
    void aQueryThatIsRightEndsWithZero() {
        assertThat(ask("SELECT count(*) FROM events")).isZero();
    }

    @Test
    void aMistakeInAQueryIsAnInputToCorrect() {
        assertThat(ask("SELECT")).as("syntax").isEqualTo(2);
        assertThat(ask("SELECT nothing FROM events")).as("a column").isEqualTo(2);
        assertThat(ask("SELECT * FROM evnts")).as("a table").isEqualTo(2);
        assertThat(ask("SELECT date_diff('second', event_time, arrived_at) FROM events"))
                .as("a function of another engine")
                .isEqualTo(2);
        assertThat(ask("SELECT raise_error('no') FROM (SELECT count(*) FROM events)"))
                .as("an expression that fails")
                .isEqualTo(2);
    }

    @Test
    void whatAProducerSentDoesNotSteerTheTerminal() {
        PrintStream terminal = System.out;
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        System.setOut(new PrintStream(shown, true, StandardCharsets.UTF_8));
        try {
            assertThat(ask("SELECT concat('<', chr(27), '[8m', chr(155), '>') AS event_id, '😀 ä' AS other"))
                    .isZero();
        } finally {
            System.setOut(terminal);
        }

        assertThat(shown.toString(StandardCharsets.UTF_8))
                .contains("|event_id", "<\\u001B[8m\\u009B>", "😀 ä")
                .doesNotContain("\u001b", "\u009b");
    }

    @Test
    void noLakeIsAnInputToCorrect() {
        assertThat(SqlTool.exitCode("--lake", dir.resolve("none").toString(), "--query=SELECT 1"))
                .isEqualTo(2);
    }

    private int ask(String query) {
        return SqlTool.exitCode("--lake", dir.toString(), "--query=" + query);
    }
}
