package io.tributary.operations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

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
        assertExplained(List.of("tributary"), TributaryTool.commandLine(environment()));
    }

    private void assertExplained(List<String> path, CommandLine command) {
        command.getSubcommands().forEach((name, subcommand) -> {
            if (!name.equals("help")) {
                List<String> whole = new ArrayList<>(path);
                whole.add(name);
                out.reset();
                List<String> help = new ArrayList<>(path.subList(1, path.size()));
                help.addAll(List.of("help", name));
                assertThat(execute(help.toArray(String[]::new))).as(name).isZero();
                assertThat(out.toString(StandardCharsets.UTF_8)).as(name).contains("Example", String.join(" ", whole));
                assertExplained(whole, subcommand);
            }
        });
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
