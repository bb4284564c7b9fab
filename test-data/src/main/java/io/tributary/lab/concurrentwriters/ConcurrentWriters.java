package io.tributary.lab.concurrentwriters;

import io.tributary.lab.process.ChildProcess;
import io.tributary.lab.process.JavaCommand;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.lab.s3.S3Lab;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** One race: two processes append to a new table through one log store for a while. */
final class ConcurrentWriters {

    static final Set<String> RACERS = Set.of("a", "b");

    private static final String MODULE = "test-data";
    private static final String HEAP = "768m";
    private static final Duration GRACE = Duration.ofMinutes(2);

    private final ProjectRoot root;
    private final S3Lab s3;
    private final Path logs;

    /** @param logs the directory for what the processes say */
    ConcurrentWriters(ProjectRoot root, S3Lab s3, Path logs) {
        this.root = root;
        this.s3 = s3;
        this.logs = logs;
    }

    /** @throws IllegalStateException if a process ends otherwise than by the end of its time */
    ConcurrentWritersResult run(ComparedStore store, Duration length) throws IOException {
        String place = s3.uri(store.name().toLowerCase(Locale.ROOT));
        ComparedTable table = new ComparedTable(place, s3.endpoint());
        table.create();
        List<ChildProcess> racers = new ArrayList<>();
        try {
            for (String name : RACERS) {
                racers.add(ChildProcess.start(
                        "racer " + name,
                        command(name, place, store, length),
                        logs.resolve(store.simpleName() + "-" + name + ".log")));
            }
            List<CompletableFuture<List<String>>> outputs = racers.stream()
                    .map(racer -> CompletableFuture.supplyAsync(() -> lines(racer), task -> new Thread(task).start()))
                    .toList();
            List<String> said = new ArrayList<>();
            outputs.forEach(output -> said.addAll(output.join()));
            for (ChildProcess racer : racers) {
                if (!racer.awaitEnd(GRACE) || racer.exitCode().getAsInt() != 0) {
                    throw racer.failure("did not finish the race");
                }
            }
            return new ConcurrentWritersResult(
                    store,
                    named(said, WriterMain.COMMITTED),
                    table.commits(),
                    named(said, WriterMain.FAILED).size());
        } finally {
            racers.forEach(ChildProcess::close);
        }
    }

    private static Set<String> named(List<String> said, String word) {
        return said.stream()
                .filter(line -> line.startsWith(word))
                .map(line -> line.substring(word.length()))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static List<String> lines(ChildProcess racer) {
        try (BufferedReader output = racer.output()) {
            return output.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("What " + racer.name() + " says cannot be read", e);
        }
    }

    private List<String> command(String name, String place, ComparedStore store, Duration length) {
        List<String> command = JavaCommand.ofSpark(
                root, MODULE, HEAP, WriterMain.class.getName(), s3.endpoint().properties());
        command.addAll(List.of("--name", name, "--table", place, "--store", store.name()));
        command.addAll(List.of("--seconds", Long.toString(length.toSeconds())));
        return command;
    }
}
