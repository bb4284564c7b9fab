package io.tributary.operations.cli;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class TributaryToolTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Configuration hadoop = new Configuration(false);

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
                String explained = out.toString(StandardCharsets.UTF_8);
                out.reset();
                List<String> asked = new ArrayList<>(whole.subList(1, whole.size()));
                asked.add("--help");
                assertThat(execute(asked.toArray(String[]::new))).as(name).isZero();
                assertThat(out.toString(StandardCharsets.UTF_8)).as(name).isEqualTo(explained);
                assertExplained(whole, subcommand);
            }
        });
    }

    @Test
    void aMistakeIsToldInWords() {
        assertThat(execute("audit")).isEqualTo(2);
    }

    /** S3A and the SDK alone would ask for minutes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "status",
                "log",
                "wait --through 2026-03-01T08:00:00Z --timeout 1m",
                "completeness --date 2026-03-01",
                "audit",
                "sql SELECT",
                "quarantine list",
                "quarantine show",
                "quarantine replay --because test",
                "backfill --files s3://old/records --data-center old --because test",
                "erase --event-id one --because test",
                "erase --proof 1",
                "dc list --data-centers s3://lake/dc.yaml",
                "dc explain fra --data-centers s3://lake/dc.yaml",
                "dc pause fra --data-centers s3://lake/dc.yaml --because test --yes"
            })
    void aCommandSaysSoonThatNobodyServesItsEndpoint(String typed) {
        hadoop.set("fs.s3a.endpoint", "http://127.0.0.1:1");
        List<String> arguments = new ArrayList<>(List.of(typed.split(" ")));
        if (!typed.startsWith("dc ")) {
            arguments.addAll(List.of("--lake", "s3://lake/tables"));
        }

        assertThat(assertTimeout(Duration.ofSeconds(10), () -> execute(arguments.toArray(String[]::new))))
                .isEqualTo(3);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .singleElement(as(STRING))
                .startsWith("s3://lake/")
                .contains(
                        "its S3 endpoint http://127.0.0.1:1 does not answer (Connection refused): start what serves it");
    }

    private Environment environment() {
        return new Environment(
                hadoop,
                Clock.systemUTC(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private int execute(String... arguments) {
        return TributaryTool.commandLine(environment()).execute(arguments);
    }
}
