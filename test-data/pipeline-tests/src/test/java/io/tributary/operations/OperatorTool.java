package io.tributary.operations;

import io.tributary.operations.cli.Environment;
import io.tributary.operations.cli.TributaryTool;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** The operator's command line in this process, as somebody without a terminal types it. */
final class OperatorTool {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Configuration hadoop;
    private final Clock clock;

    OperatorTool() {
        this(new Configuration(), Clock.systemUTC());
    }

    OperatorTool(Configuration hadoop, Clock clock) {
        this.hadoop = hadoop;
        this.clock = clock;
    }

    /**
     * Runs a command and gives its exit code.
     *
     * @param more arguments that a test gives to each command
     */
    int run(List<String> more, String... arguments) {
        out.reset();
        err.reset();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(more);
        Environment environment = new Environment(
                hadoop,
                clock,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return TributaryTool.commandLine(environment).execute(all.toArray(String[]::new));
    }

    /** What the last command answered. */
    String answer() {
        return out.toString(StandardCharsets.UTF_8);
    }

    /** What it answered, and what it said of problems. */
    String said() {
        return answer() + err.toString(StandardCharsets.UTF_8);
    }
}
