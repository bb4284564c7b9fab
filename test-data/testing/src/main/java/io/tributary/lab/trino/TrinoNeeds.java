package io.tributary.lab.trino;

import io.tributary.error.InvalidInputException;
import io.tributary.lab.process.ProjectRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a Trino server needs of this machine.
 *
 * @param java a JDK's that is new enough
 */
public record TrinoNeeds(Path java) {

    private static final int OLDEST_JAVA = 24;

    /** The way to a JDK for Trino, for whoever has none. */
    public static final String NO_JAVA = "Trino needs a JDK " + OLDEST_JAVA + " or newer and none is here: install one"
            + " (Temurin 25, for example) or name its folder in the environment variable JAVA_HOME_25";

    /** Empty if this machine has no JDK that is new enough. */
    public static Optional<TrinoNeeds> find() {
        return NewerJava.ofThisMachine().find(OLDEST_JAVA).map(TrinoNeeds::new);
    }

    /**
     * The folder of the server, which is fetched the first time.
     *
     * @throws InvalidInputException if it cannot be fetched
     */
    Path server(ProjectRoot root) {
        Path script = root.dir().resolve("scripts").resolve("trino-server");
        try {
            Process process = new ProcessBuilder(script.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new InvalidInputException("The Trino server is not here and cannot be fetched; " + script
                        + " says why. It comes through Maven, 821 MB.");
            }
            return Path.of(said);
        } catch (IOException e) {
            throw new UncheckedIOException(script + " cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the Trino server was fetched", e);
        }
    }
}
