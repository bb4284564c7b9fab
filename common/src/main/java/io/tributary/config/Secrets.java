package io.tributary.config;

import io.tributary.runtime.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;

/** Puts secrets in the place of the references to them, at the moment when a client needs them. */
public final class Secrets {

    /** Reads a file that holds one secret. */
    @FunctionalInterface
    public interface FileReader {
        String read(Path path) throws IOException;
    }

    private final Function<String, Optional<String>> environment;
    private final FileReader files;

    public Secrets(Function<String, Optional<String>> environment, FileReader files) {
        this.environment = environment;
        this.files = files;
    }

    /** Secrets from this process's environment and this machine's files. */
    public static Secrets ofThisProcess() {
        return new Secrets(name -> Optional.ofNullable(System.getenv(name)), Files::readString);
    }

    /**
     * The value with every reference replaced; what a reference yields is not searched for further ones. Line breaks at
     * the end of a file are not part of its secret.
     *
     * @throws InvalidInputException if a reference yields nothing; the message names the reference, never a secret
     */
    public String resolve(String valueWithReferences) {
        return References.REFERENCE
                .matcher(valueWithReferences)
                .replaceAll(reference -> Matcher.quoteReplacement(secret(reference)));
    }

    private String secret(MatchResult reference) {
        String secret = reference.group(1) == null
                ? fileContent(reference.group(), reference.group(2))
                : environment
                        .apply(reference.group(1))
                        .orElseThrow(() -> unresolved(
                                reference.group(),
                                "the environment variable is not set",
                                "set it for the process that runs the job",
                                null));
        if (secret.isEmpty()) {
            throw unresolved(reference.group(), "what it refers to is empty", "put the secret there", null);
        }
        return secret;
    }

    private String fileContent(String reference, String path) {
        try {
            return files.read(Path.of(path)).replaceFirst("[\r\n]+$", "");
        } catch (IOException | InvalidPathException e) {
            throw unresolved(
                    reference,
                    "the file cannot be read (" + e.getClass().getSimpleName() + ")",
                    "put the secret there and let the job's user read it",
                    e);
        }
    }

    private static InvalidInputException unresolved(String reference, String why, String remedy, Exception cause) {
        return new InvalidInputException(
                "The reference " + reference + " cannot be resolved, because " + why + "; " + remedy + ".", cause);
    }
}
