package io.tributary.operations.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Asks whoever typed the command. */
@FunctionalInterface
public interface Terminal {

    /** Nobody is there to be asked, as in a script. */
    Terminal NONE = question -> Optional.empty();

    /** The environment variable by which {@code scripts/tributary} says that a person is there. */
    String VARIABLE = "TRIBUTARY_TERMINAL";

    /** The answer to a question; empty if nobody is there. */
    Optional<String> answer(String question);

    /** Somebody who types into {@code in}. */
    static Terminal of(InputStream in, PrintStream out) {
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        return question -> {
            out.print(question);
            out.flush();
            try {
                return Optional.ofNullable(lines.readLine());
            } catch (IOException e) {
                throw new UncheckedIOException("no answer can be read", e);
            }
        };
    }
}
