package io.tributary.operations.cli;

import io.tributary.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tributary s3}: serves the lake that a local run left on S3. */
@Command(
        name = "s3",
        description = "Serves the lake that scripts/run-local --s3 left, on 127.0.0.1 until Ctrl-C.",
        footer = {"%nExample:", "  tributary s3 --port 9000"})
final class S3Command implements Callable<Integer> {

    private static final String BUCKET = "lake";

    private final Environment environment;

    @Option(
            names = "--lake",
            paramLabel = "DIR",
            defaultValue = "${env:TRIBUTARY_LAKE:-target/lake}",
            description = "The directory of the run (default: target/lake).")
    private Path lake;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "9000",
            description = "The port (default: ${DEFAULT-VALUE}).")
    private int port;

    S3Command(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path objects = lake.resolve("lab").resolve("s3");
        if (!Files.isDirectory(objects)) {
            throw new InvalidInputException(
                    "There is no lake on S3 in " + lake + "; scripts/run-local --s3 makes one.");
        }
        environment.out().println("In another terminal:");
        environment
                .out()
                .println("  export TRIBUTARY_S3_ENDPOINT=http://127.0.0.1:" + port
                        + " AWS_ACCESS_KEY_ID=lab-key AWS_SECRET_ACCESS_KEY=lab-secret");
        environment.out().println("  scripts/tributary sql --lake s3://lake/tables \"SELECT count(*) FROM events\"");
        environment.out().println("  scripts/tributary audit --lake s3://lake/tables");
        Path root = Path.of(System.getProperty("tributary.root", ""));
        // The server is of the lab, which is not on the class path of the command line.
        return new ProcessBuilder(List.of(
                        root.resolve("scripts").resolve("java").toString(),
                        "test-data/s3",
                        "256m",
                        "io.tributary.lab.s3.server.S3Main",
                        "--dir",
                        objects.toString(),
                        "--bucket",
                        BUCKET,
                        "--port",
                        Integer.toString(port)))
                .inheritIO()
                .start()
                .waitFor();
    }
}
