package io.tributary.lab.run;

import io.tributary.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file that a verdict is written to as JSON. */
public final class ReportFile {

    private ReportFile() {}

    /** @throws InvalidInputException if the file cannot be written */
    public static void write(String json, Path file) {
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
