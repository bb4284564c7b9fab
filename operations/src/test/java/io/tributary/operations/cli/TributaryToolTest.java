package io.tributary.operations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

class TributaryToolTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void withoutACommandItSaysWhichThereAre() {
        assertThat(execute()).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("A command is missing", "audit", "sql");
    }

    @Test
    void everyCommandExplainsItselfWithAnExample() {
        for (String command :
                TributaryTool.commandLine(environment()).getSubcommands().keySet()) {
            if (!command.equals("help")) {
                out.reset();
                assertThat(execute("help", command)).as(command).isZero();
                assertThat(out.toString(StandardCharsets.UTF_8))
                        .as(command)
                        .contains("Example", "tributary " + command);
            }
        }
    }

    @Test
    void aMistakeIsToldInWords() {
        assertThat(execute("audit")).isEqualTo(2);
    }

    private Environment environment() {
        return new Environment(
                new Configuration(false),
                Clock.systemUTC(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private int execute(String... arguments) {
        return TributaryTool.commandLine(environment()).execute(arguments);
    }
}
