package io.tributary.benchmark;

import io.tributary.lab.process.ProjectRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder of one benchmark below the project's {@code target/}, which is removed with it. */
record ScratchFolder(Path dir) implements AutoCloseable {

    static ScratchFolder make() throws IOException {
        Path all = ProjectRoot.find().dir().resolve("target").resolve("benchmark");
        return new ScratchFolder(Files.createTempDirectory(Files.createDirectories(all), ""));
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The benchmark's folder cannot be removed: " + dir, e);
        }
    }
}
