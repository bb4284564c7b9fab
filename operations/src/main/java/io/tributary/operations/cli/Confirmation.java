package io.tributary.operations.cli;

import java.io.PrintStream;
import java.util.Optional;

/** Asks before something is changed. */
final class Confirmation {

    private Confirmation() {}

    /**
     * Whether a change that was shown is wanted. Without a terminal nobody can be asked, and it is not.
     *
     * @param yes whether the answer was given with the command
     */
    static boolean isGiven(Environment environment, PrintStream talk, boolean yes, String question) {
        if (yes) {
            return true;
        }
        Optional<String> answer = environment.terminal().answer(question + " [y/N] ");
        if (answer.isEmpty()) {
            talk.println("This is a preview: there is no terminal to ask, and no --yes.");
        }
        return answer.map(String::strip)
                .filter(word -> word.equalsIgnoreCase("y") || word.equalsIgnoreCase("yes"))
                .isPresent();
    }
}
