package io.tributary.lab.chaos;

import io.tributary.lab.process.ChildProcess;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.lab.run.Children;
import io.tributary.lab.run.Console;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Where an operator types commands of {@code scripts/tributary}. Each is a process of its own, with nothing but the
 * variables of a session.
 */
final class OperatorTerminal {

    private static final Duration ANSWERS_WITHIN = Duration.ofMinutes(5);
    private static final long AGAIN_NANOS = 2_000_000_000L;
    private static final String SCRIPT = "scripts/tributary";

    private final ProjectRoot root;
    private final Map<String, String> session;
    private final Children children;
    private final Function<String, Path> logs;
    private final Console console;
    private final List<TypedCommand> typed = new ArrayList<>();

    /**
     * @param session variables of the environment
     * @param logs the file for what a command says, by its name
     */
    OperatorTerminal(
            ProjectRoot root,
            Map<String, String> session,
            Children children,
            Function<String, Path> logs,
            Console console) {
        this.root = root;
        this.session = new TreeMap<>(session);
        this.children = children;
        this.logs = logs;
        this.console = console;
    }

    /**
     * Types a command, for example {@code dc list}, and shows it with the line of its answer that was hoped for.
     *
     * @param exitCode that was hoped for
     * @param line a pattern that is found in the line
     * @throws IllegalStateException if the answer is another one
     */
    TypedCommand type(int exitCode, String line, String options) {
        TypedCommand command = run(options);
        requireAnswer(command, exitCode, line);
        return command;
    }

    /** Types what a command told to type next; as {@link #type}. */
    TypedCommand typeNext(TypedCommand before, int exitCode, String line) {
        TypedCommand command = run(before.next());
        requireAnswer(command, exitCode, line);
        return command;
    }

    /** Types what a command told to type next, and shows a line of its answer, whatever its exit code. */
    TypedCommand typeNext(TypedCommand before, String line) {
        TypedCommand command = run(before.next());
        show(command, command.line(line).orElseThrow(() -> otherwise(command, "a line with " + line)));
        return command;
    }

    /** Types a command again and again until its answer has a line in which a pattern is found. */
    TypedCommand typeUntil(String line, String options) {
        long end = System.nanoTime() + ANSWERS_WITHIN.toNanos();
        TypedCommand command = run(options);
        while (command.line(line).isEmpty()) {
            if (System.nanoTime() > end) {
                throw otherwise(command, "a line with " + line);
            }
            LockSupport.parkNanos(AGAIN_NANOS);
            command = run(options);
        }
        show(command, command.line(line).orElseThrow());
        return command;
    }

    /** Types a command and shows nothing of it. */
    TypedCommand run(String options) {
        String name = String.format(Locale.ROOT, "typed-%02d", typed.size() + 1);
        Path log = logs.apply(name);
        List<String> command = new ArrayList<>(List.of("env"));
        session.forEach((variable, value) -> command.add(variable + "=" + value));
        command.add(root.dir().resolve(SCRIPT).toString());
        command.addAll(TypedCommand.words(options));
        long began = System.nanoTime();
        ChildProcess process = children.start(name, command, log);
        if (!process.awaitEnd(ANSWERS_WITHIN)) {
            process.killAndWait();
            throw process.failure("did not answer within " + ANSWERS_WITHIN.toMinutes() + " minutes");
        }
        TypedCommand done = new TypedCommand(
                SCRIPT,
                options,
                process.exitCode().orElseThrow(),
                lines(log),
                Duration.ofNanos(System.nanoTime() - began));
        typed.add(done);
        return done;
    }

    private void requireAnswer(TypedCommand command, int exitCode, String line) {
        String told = command.line(line).orElseThrow(() -> otherwise(command, "a line with " + line));
        if (command.exitCode() != exitCode) {
            throw otherwise(command, "exit code " + exitCode);
        }
        show(command, told);
    }

    private static IllegalStateException otherwise(TypedCommand command, String hoped) {
        return new IllegalStateException(command.text() + " ended with exit code " + command.exitCode()
                + " and not with " + hoped + ". It said:\n" + String.join("\n", command.lines()));
    }

    private void show(TypedCommand command, String line) {
        console.say(String.format(
                Locale.ROOT,
                "    $ %s   (%.1f s)",
                command.text(),
                command.took().toMillis() / 1e3));
        console.say("        " + line.strip());
    }

    private static List<String> lines(Path log) {
        try {
            return Files.readAllLines(log);
        } catch (IOException e) {
            throw new UncheckedIOException("What a command said cannot be read: " + log, e);
        }
    }

    /** Everything that was typed so far. */
    List<TypedCommand> typed() {
        return List.copyOf(typed);
    }
}
