package io.tributary.lab.truth;

import io.tributary.error.OperatorActionException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The truth of a lake: one file for each run that ever sent something to it. */
public record TruthFiles(Path dir) {

    private static final String PREFIX = "run-";
    private static final String SUFFIX = ".tsv";

    /** The number that the next run is to have: one more than the highest there is. */
    public int nextRun() {
        List<Path> files = files();
        if (files.isEmpty()) {
            return 1;
        }
        String name = files.get(files.size() - 1).getFileName().toString();
        return Integer.parseInt(name.substring(PREFIX.length(), name.length() - SUFFIX.length())) + 1;
    }

    /** Opens the file of {@code run}, which must be new. */
    public TruthWriter open(int run) {
        try {
            Files.createDirectories(dir);
            return TruthWriter.create(dir.resolve(PREFIX + String.format(Locale.ROOT, "%06d", run) + SUFFIX));
        } catch (IOException e) {
            throw new UncheckedIOException("The truth cannot be written below " + dir, e);
        }
    }

    /** Hands over every record of every run, in the order in which Kafka acknowledged them. */
    public void forEach(Consumer<SentRecord> consumer) {
        for (Path file : files()) {
            read(file, consumer);
        }
    }

    private List<Path> files() {
        if (!Files.isDirectory(dir)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(dir)) {
            return files.filter(file -> file.getFileName().toString().matches(PREFIX + "[0-9]{6}" + SUFFIX))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The truth cannot be read from " + dir, e);
        }
    }

    private static void read(Path file, Consumer<SentRecord> consumer) {
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            if (!TruthLine.HEADER.equals(lines.readLine())) {
                throw new OperatorActionException(
                        file + " is not a truth file: its first line is another one. Remove it");
            }
            int number = 1;
            String previous = null;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number = accept(file, number, previous, consumer);
                previous = line;
            }
            if (previous != null && endsWithNewline(file)) {
                accept(file, number, previous, consumer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The truth cannot be read: " + file, e);
        }
    }

    /** The last line of a run that was killed may be half a line; any other must be whole. */
    private static int accept(Path file, int number, String line, Consumer<SentRecord> consumer) {
        if (line == null) {
            return number;
        }
        try {
            consumer.accept(TruthLine.parse(line));
        } catch (IllegalArgumentException e) {
            throw new OperatorActionException(
                    "Line " + (number + 1) + " of " + file + " cannot be read, so what was sent is not known: "
                            + e.getMessage(),
                    e);
        }
        return number + 1;
    }

    private static boolean endsWithNewline(Path file) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            channel.position(channel.size() - 1);
            ByteBuffer last = ByteBuffer.allocate(1);
            channel.read(last);
            return last.get(0) == '\n';
        }
    }
}
