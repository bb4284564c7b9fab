package io.tributary.lab.truth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * When the streaming job was started with which kind of configuration, in all runs of a lake: one that reads the records that
 * are sent to be refused, or one that does not. A file beside the truth keeps it.
 */
public final class Configurations {

    private static final String FILE = "configurations.tsv";

    private final Path file;
    private final TreeMap<Long, Boolean> starts = new TreeMap<>();

    private Configurations(Path file) {
        this.file = file;
    }

    /** Those of the lake whose truth is kept in a folder. */
    public static Configurations in(Path truth) {
        Configurations read = new Configurations(truth.resolve(FILE));
        try {
            if (Files.exists(read.file)) {
                for (String line : Files.readAllLines(read.file)) {
                    String[] fields = line.split("\t", -1);
                    read.starts.put(Long.valueOf(fields[0]), Boolean.valueOf(fields[1]));
                }
            }
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException("The starts of the streaming job cannot be read from " + read.file, e);
        }
    }

    /** Notes a start. */
    public void started(Instant at, boolean readsRefused) {
        starts.put(at.toEpochMilli(), readsRefused);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(
                    file,
                    at.toEpochMilli() + "\t" + readsRefused + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("The starts of the streaming job cannot be written to " + file, e);
        }
    }

    /** By the time of each start, milliseconds since the epoch, whether refused records are read from then on. */
    public SortedMap<Long, Boolean> starts() {
        return Collections.unmodifiableSortedMap(new TreeMap<>(starts));
    }

    /** Whether refused records are read at a moment, by {@link #starts}. */
    public static boolean areRefusedReadAt(long millis, SortedMap<Long, Boolean> starts) {
        return Optional.ofNullable(new TreeMap<>(starts).floorEntry(millis))
                .map(Map.Entry::getValue)
                .orElse(false);
    }
}
