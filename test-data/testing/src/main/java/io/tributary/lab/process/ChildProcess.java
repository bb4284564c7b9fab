package io.tributary.lab.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A process that the lab started, named in words, with a log file of what it said to standard error.
 *
 * <p>Its standard input stays open for as long as this JVM lives, which a child can take as its sign to go on.
 */
public final class ChildProcess implements AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(20);
    private static final int TAIL_LINES = 40;
    private static final Pattern STACK_FRAME = Pattern.compile("\\s+(at |\\.{3} )\\S.*");

    private final String name;
    private final Process process;
    private final Path log;
    private volatile boolean frozen;

    private ChildProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** Starts {@code command}; standard error is appended to {@code log}, standard output is the caller's to read. */
    public static ChildProcess start(String name, List<String> command, Path log) {
        return start(
                name, new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile())), log);
    }

    /** Starts {@code command} with both of its outputs appended to {@code log}. */
    public static ChildProcess startLogged(String name, List<String> command, Path log) {
        ProcessBuilder.Redirect file = ProcessBuilder.Redirect.appendTo(log.toFile());
        return start(name, new ProcessBuilder(command).redirectOutput(file).redirectError(file), log);
    }

    private static ChildProcess start(String name, ProcessBuilder builder, Path log) {
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            return new ChildProcess(name, builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException("The process " + name + " cannot be started", e);
        }
    }

    /** The Java that runs this JVM, for children of the same kind. */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The exit code of a process that has ended. */
    public OptionalInt exitCode() {
        return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
    }

    /** Standard output, line by line; to be read by one reader. */
    public BufferedReader output() {
        return process.inputReader(StandardCharsets.UTF_8);
    }

    /** Writes a line to the process's standard input. */
    public void tell(String line) {
        try {
            OutputStream in = process.getOutputStream();
            synchronized (in) {
                in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                in.flush();
            }
        } catch (IOException e) {
            throw failure("cannot be told \"" + line + "\"");
        }
    }

    /** The last lines of the log file, for messages; stack traces are left to the file itself. */
    public String logTail() {
        if (!Files.exists(log)) {
            return "";
        }
        try {
            List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !STACK_FRAME.matcher(line).matches())
                    .toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "(" + log + " cannot be read: " + e.getMessage() + ")";
        }
    }

    /** The failure of a process that ended or did not do what it was started for, in its own words. */
    public IllegalStateException failure(String problem) {
        String ended = exitCode().isPresent() ? " (exit code " + exitCode().getAsInt() + ")" : "";
        return new IllegalStateException(
                "The process " + name + " " + problem + ended + ". The end of its log, " + log + ":\n" + logTail());
    }

    /** Asks the process to end and does not wait. */
    public void terminate() {
        process.toHandle().destroy();
        if (frozen) {
            // It hears of it only when it goes on.
            thaw();
        }
    }

    /** Ends the process at once, as a crash would. */
    public void kill() {
        process.toHandle().destroyForcibly();
    }

    /** Ends the process as {@link #kill} does and waits until it is gone. */
    public void killAndWait() {
        kill();
        awaitEnd(GRACE);
    }

    /** Stops the process where it is, with everything that it holds open, until {@link #thaw}. */
    public void freeze() {
        signal("-STOP");
        frozen = true;
    }

    /** Lets a frozen process go on. */
    public void thaw() {
        signal("-CONT");
        frozen = false;
    }

    /** Java knows of no signal but the two that end a process. */
    private void signal(String signal) {
        try {
            int code = new ProcessBuilder("kill", signal, Long.toString(pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw failure("cannot be sent " + signal);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The process " + name + " cannot be sent " + signal, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("was not waited for while it was sent " + signal);
        }
    }

    /** True once the process has ended; false if {@code within} has passed first. */
    public boolean awaitEnd(Duration within) {
        long deadline = System.nanoTime() + within.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return process.waitFor(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Ends the process: politely, and by force after a grace. */
    @Override
    public void close() {
        terminate();
        if (!awaitEnd(GRACE)) {
            kill();
            awaitEnd(GRACE);
        }
    }
}
