package io.tributary.operations.cli;

import io.tributary.error.InvalidInputException;
import io.tributary.lake.status.RecordedChange;
import io.tributary.lake.status.RecordedChange.Action;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Who changes something, and why. */
public final class AuthorOptions {

    @Option(names = "--because", paramLabel = "TEXT", description = "Why. It is recorded.")
    private String because = "";

    @Option(
            names = "--by",
            paramLabel = "NAME",
            description = "Who (default: the user of this process). It is recorded.")
    private String by = System.getProperty("user.name");

    /** @throws InvalidInputException if no reason was given */
    void requireReason(Action action) {
        requireReason("dc " + action.command());
    }

    /**
     * The reason.
     *
     * @param command that records it
     * @throws InvalidInputException if none was given
     */
    String requireReason(String command) {
        if (!hasWords(because)) {
            throw new InvalidInputException("Why? Say it with --because; " + command + " records it.");
        }
        return because;
    }

    /** Whether a reason says anything; what stands for a reason in an example does not. */
    static boolean hasWords(String reason) {
        return reason.codePoints().anyMatch(Character::isLetterOrDigit);
    }

    String by() {
        return by;
    }

    RecordedChange record(
            Environment environment,
            Action action,
            String dataCenter,
            List<String> changes,
            Optional<RecordedChange.Drained> drained,
            Optional<String> overruled) {
        return new RecordedChange(
                environment.clock().instant(), by, action, dataCenter, because, changes, drained, overruled);
    }
}
