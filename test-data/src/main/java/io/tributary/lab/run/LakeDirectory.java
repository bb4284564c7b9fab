package io.tributary.lab.run;

import io.tributary.error.InvalidInputException;
import io.tributary.lab.truth.TruthFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The directory of a local run: the lake's tables, and below {@code lab} all that the run needs besides.
 *
 * <p>A marker file says that a run made the directory, so nothing else is ever wiped, and whether it is to be kept. The
 * marker is locked while a run uses the directory.
 */
public final class LakeDirectory implements AutoCloseable {

    private static final String MARKER = ".tributary-run-local";
    private static final String PERSISTENT_NOTE =
            "A lake of scripts/run-local --keep; later runs with --keep continue it.\n";
    private static final String TEMPORARY_NOTE = "A lake of scripts/run-local; the next run wipes it.\n";

    private final Path dir;
    private final FileChannel marker;

    private LakeDirectory(Path dir, FileChannel marker) {
        this.dir = dir;
        this.marker = marker;
    }

    /**
     * Takes {@code dir} for a run: a new directory, or one that an earlier run made, wiped unless {@code keep}.
     *
     * @throws InvalidInputException if the directory is not a run's, is kept and this run does not, or is in use
     */
    public static LakeDirectory take(Path dir, boolean keep) {
        try {
            boolean isOurs = Files.exists(dir.resolve(MARKER));
            if (!isOurs) {
                requireNothingThere(dir);
                Files.createDirectories(dir);
            }
            FileChannel marker = lock(dir.resolve(MARKER));
            LakeDirectory taken = new LakeDirectory(dir, marker);
            try {
                if (isOurs && !keep) {
                    taken.requireNotKept();
                    taken.wipe();
                }
                taken.mark(keep ? PERSISTENT_NOTE : TEMPORARY_NOTE);
                Files.createDirectories(taken.lab());
                return taken;
            } catch (IOException | RuntimeException e) {
                taken.close();
                throw e;
            }
        } catch (IOException e) {
            throw new InvalidInputException(
                    "The lake's directory " + dir + " cannot be used: " + e.getMessage()
                            + ". Name one that can be written, with --lake",
                    e);
        }
    }

    private static void requireNothingThere(Path dir) throws IOException {
        if (Files.exists(dir) && !Files.isDirectory(dir)) {
            throw new InvalidInputException(dir + " is a file. Name a directory with --lake");
        }
        if (Files.exists(dir)) {
            try (Stream<Path> entries = Files.list(dir)) {
                if (entries.findAny().isPresent()) {
                    throw new InvalidInputException(dir + " is not empty and no earlier run made it, so it is left"
                            + " alone. Name another directory with --lake");
                }
            }
        }
    }

    private static FileChannel lock(Path marker) throws IOException {
        FileChannel channel =
                FileChannel.open(marker, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean isFree;
        try {
            isFree = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            isFree = false;
        }
        if (!isFree) {
            channel.close();
            throw new InvalidInputException("Another run uses " + marker.getParent()
                    + " at the moment. Wait for its end, or name another directory with --lake");
        }
        return channel;
    }

    private void requireNotKept() throws IOException {
        ByteBuffer text = ByteBuffer.allocate(PERSISTENT_NOTE.length());
        marker.read(text, 0);
        if (new String(text.array(), StandardCharsets.UTF_8).equals(PERSISTENT_NOTE)) {
            throw new InvalidInputException("The lake in " + dir + " was made with --keep, so it is not wiped."
                    + " Continue it with --keep, name another directory with --lake, or remove it");
        }
    }

    private void wipe() throws IOException {
        List<Path> entries;
        try (Stream<Path> listed = Files.list(dir)) {
            entries = listed.filter(entry -> !entry.endsWith(MARKER)).toList();
        }
        for (Path entry : entries) {
            try (Stream<Path> below = Files.walk(entry)) {
                for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private void mark(String text) throws IOException {
        marker.truncate(0);
        marker.write(StandardCharsets.UTF_8.encode(text), 0);
    }

    public Path dir() {
        return dir;
    }

    /** The lake as the jobs name it. */
    public String uri() {
        return uri(dir);
    }

    public Path lab() {
        return dir.resolve("lab");
    }

    public Path kafka() {
        return lab().resolve("kafka");
    }

    /** The objects of a lake on S3. */
    public Path s3() {
        return lab().resolve("s3");
    }

    /**
     * Refuses to continue a lake on S3 as one in the directory, and the other way round: it would be another lake.
     *
     * @throws InvalidInputException if the lake that is here is of the other kind
     */
    void requireKind(boolean onS3) {
        boolean isOnS3 = Files.exists(s3());
        boolean isKept = isOnS3 || Files.exists(kafka());
        if (isKept && isOnS3 != onS3) {
            throw new InvalidInputException("The lake of " + dir + " lies " + (isOnS3 ? "on S3" : "in the directory")
                    + ", so it cannot be continued " + (onS3 ? "with" : "without")
                    + " --s3. Say it as for the first run, or name another directory with --lake");
        }
    }

    public TruthFiles truth() {
        return new TruthFiles(lab().resolve("truth"));
    }

    public Path log(String process) {
        return lab().resolve("logs").resolve(process + ".log");
    }

    public Path configFile() {
        return lab().resolve("pipeline.yaml");
    }

    /** The metrics of the streaming job, one JSON object a line. */
    public Path metricsFile() {
        return lab().resolve("metrics.jsonl");
    }

    public Path dataCentersFile() {
        return lab().resolve("data-centers.yaml");
    }

    public static String uri(Path path) {
        return "file:" + path;
    }

    @Override
    public void close() {
        try {
            marker.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The lake's directory cannot be given back: " + dir, e);
        }
    }
}
