package io.tributary.lab.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.error.InvalidInputException;
import io.tributary.lab.command.OptionValues.ReadableFile;
import io.tributary.lab.loadtest.ResultComparison;
import io.tributary.lab.loadtest.ResultComparison.Row;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code scripts/load-test compare}. */
@Command(
        name = "scripts/load-test compare",
        description = "Compares two results of one profile. Exit code 1 if a figure became worse by more than noise.",
        footer = "%nExample: scripts/load-test compare docs/results/FILE.json r.json")
final class CompareCommand implements Callable<Boolean> {

    private final PrintStream out;

    @Parameters(index = "0", paramLabel = "A", converter = ReadableFile.class, description = "The result before.")
    private Path before;

    @Parameters(index = "1", paramLabel = "B", converter = ReadableFile.class, description = "The result after.")
    private Path after;

    CompareCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Boolean call() {
        JsonNode one = read(before);
        JsonNode other = read(after);
        out.print(ResultComparison.text(one, other));
        return ResultComparison.rows(one, other).stream().noneMatch(Row::isWorse);
    }

    private static JsonNode read(Path file) {
        try {
            return new ObjectMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new InvalidInputException(file + " is no JSON: " + e.getMessage(), e);
        }
    }
}
