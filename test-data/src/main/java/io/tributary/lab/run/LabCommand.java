package io.tributary.lab.run;

import io.tributary.error.InvalidInputException;
import io.tributary.error.TributaryException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/** How every command of the lab that gives a verdict ends. */
public final class LabCommand {

    private LabCommand() {}

    /**
     * Runs a command.
     *
     * @param isGood does the work, and tells whether the verdict is the one that was hoped for
     * @param err takes the message of a failure
     * @return the exit code: 0 and 1 by the verdict, 1 for a failure of the lab's own, else the failure's
     */
    public static int run(BooleanSupplier isGood, PrintStream err) {
        try {
            return isGood.getAsBoolean() ? 0 : 1;
        } catch (TributaryException e) {
            err.println(e.getMessage());
            return e.exitCode();
        } catch (IllegalStateException e) {
            // The lab's own failures, which say in words what happened.
            err.println(e.getMessage());
            return 1;
        }
    }

    /** @throws InvalidInputException if the file cannot be written */
    public static void writeReport(String json, Path file) {
        try {
            Files.writeString(file, json);
        } catch (IOException e) {
            throw new InvalidInputException(
                    "The report cannot be written to " + file + ": " + e.getMessage()
                            + ". Name a file in a folder that exists, with --report",
                    e);
        }
    }
}
