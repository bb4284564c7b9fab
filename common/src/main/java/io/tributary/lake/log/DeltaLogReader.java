package io.tributary.lake.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.error.OperatorActionException;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Reads the log of one Delta table: for each version one small file with a JSON action a line. It never reads data. All
 * that the project knows of the names and the form of these files is here; what the actions mean is known to the classes
 * on top of it. Safe for many threads at once.
 */
public final class DeltaLogReader {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Pattern COMMIT = Pattern.compile("(\\d{20})\\.json");
    private static final Pattern CHECKPOINT = Pattern.compile("(\\d{20})\\.checkpoint\\..*");

    private final LogFiles files;
    private final Path log;

    /** @param table the table's root, for example {@code s3://bucket/lake/events_staging} */
    public DeltaLogReader(String table, Configuration hadoop) {
        this(folder(table), files(folder(table), hadoop, true));
    }

    private DeltaLogReader(Path log, LogFiles files) {
        this.log = log;
        this.files = files;
    }

    /**
     * A reader for whoever looks for damage. The checksums that Hadoop keeps on a disk are left out: they would hide a
     * commit that was changed by hand behind an error of the file system.
     */
    public static DeltaLogReader withoutChecksums(String table, Configuration hadoop) {
        return new DeltaLogReader(folder(table), files(folder(table), hadoop, false));
    }

    /** The file of the commit that makes a version of a table. */
    public static Path file(String table, long version) {
        return file(folder(table), version);
    }

    /** What a line of a commit's file says if its action is of a kind, such as {@code add} or {@code commitInfo}. */
    public static Optional<JsonNode> action(String line, String kind) throws JsonProcessingException {
        // Most lines are long and of another kind.
        return line.startsWith("{\"" + kind + "\"")
                ? Optional.ofNullable(JSON.readTree(line).get(kind))
                : Optional.empty();
    }

    /** Takes what it wants from the lines of a commit's file. */
    @FunctionalInterface
    public interface ActionLines<T> {

        T read(BufferedReader lines) throws IOException;
    }

    /**
     * What a reader takes from the commit of a version; empty if there is no such version yet, or its log file has expired.
     *
     * @throws OperatorActionException if the file cannot be read, or the reader fails
     */
    public <T> Optional<T> read(long version, ActionLines<T> reader) {
        Path file = file(log, version);
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(files.open(file), StandardCharsets.UTF_8))) {
            return Optional.of(reader.read(lines));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        } catch (ClosedByInterruptException | InterruptedIOException e) {
            // Somebody stops the query; the log is none the worse for it.
            throw new UncheckedIOException(e);
        } catch (IOException | RuntimeException e) {
            throw unreadable("commit " + file, e);
        }
    }

    /** The whole file of a version as it is, whole or not; empty if there is none. */
    public Optional<String> text(long version) {
        return read(version, lines -> {
            StringBuilder text = new StringBuilder();
            char[] part = new char[8192];
            for (int count = lines.read(part); count >= 0; count = lines.read(part)) {
                text.append(part, 0, count);
            }
            return text.toString();
        });
    }

    public boolean exists(long version) {
        try {
            return files.exists(file(log, version));
        } catch (IOException e) {
            throw unreadable("Delta log " + log, e);
        }
    }

    /** When the log file of a version, which exists, was written, by the file system's clock. */
    public Instant writtenAt(long version) {
        Path file = file(log, version);
        try {
            return files.modified(file);
        } catch (IOException e) {
            throw unreadable("commit " + file, e);
        }
    }

    /**
     * The version of the last checkpoint. It is a hint only: empty where there is none or it cannot be understood, and Delta
     * does without as well.
     */
    public OptionalLong lastCheckpoint() {
        Optional<Checkpoint> checkpoint = checkpoint();
        return checkpoint.isPresent() ? OptionalLong.of(checkpoint.get().version()) : OptionalLong.empty();
    }

    /**
     * The table at its last checkpoint.
     *
     * @param files how many files it had; empty where the writer did not say
     * @param parts in how many files the checkpoint is
     */
    public record Checkpoint(long version, OptionalLong files, int parts) {}

    /** The files of a checkpoint. */
    List<Path> parts(Checkpoint checkpoint) {
        if (checkpoint.parts() == 1) {
            return List.of(new Path(log, String.format(Locale.ROOT, "%020d.checkpoint.parquet", checkpoint.version())));
        }
        return IntStream.rangeClosed(1, checkpoint.parts())
                .mapToObj(part -> new Path(
                        log,
                        String.format(
                                Locale.ROOT,
                                "%020d.checkpoint.%010d.%010d.parquet",
                                checkpoint.version(),
                                part,
                                checkpoint.parts())))
                .toList();
    }

    /** The last checkpoint, as far as {@link #lastCheckpoint} knows one. */
    public Optional<Checkpoint> checkpoint() {
        try (InputStream in = files.open(new Path(log, "_last_checkpoint"))) {
            JsonNode hint = JSON.readTree(in);
            JsonNode files = hint.path("numOfAddFiles");
            return Optional.of(new Checkpoint(
                    hint.required("version").asLong(),
                    files.isIntegralNumber() ? OptionalLong.of(files.asLong()) : OptionalLong.empty(),
                    Math.max(1, hint.path("parts").asInt(1))));
        } catch (FileNotFoundException | JsonProcessingException | IllegalArgumentException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw unreadable("Delta log " + log, e);
        }
    }

    /** The newest version, or -1; costs two requests on S3, elsewhere one look per commit since the last checkpoint. */
    public long newestVersion() {
        OptionalLong checkpoint = lastCheckpoint();
        return checkpoint.isPresent()
                ? newestVersion(checkpoint.getAsLong())
                : listed(COMMIT).max().orElse(-1);
    }

    /** The newest version, given one that exists, or -1; costs one request on S3, elsewhere one look per commit since. */
    public long newestVersion(long known) {
        Optional<LongStream> listed = listedFrom(Math.max(known, 0));
        if (listed.isPresent()) {
            return listed.get().max().orElse(known);
        }
        long version = known;
        while (exists(version + 1)) {
            version++;
        }
        return version;
    }

    /**
     * The highest version, given one that exists or existed, although single ones before it may be missing: elsewhere than on
     * S3 the one after which a whole window of versions is absent.
     *
     * @param ahead looks for many at once
     */
    public long highestVersion(long known, PrefetchingReader ahead) {
        Optional<LongStream> listed = listedFrom(Math.max(known, 0));
        if (listed.isPresent()) {
            return listed.get().max().orElse(known);
        }
        long highest = known;
        for (boolean isFound = true; isFound; ) {
            List<Long> found = ahead.select(highest + 1, highest + 1 + PrefetchingReader.WINDOW, this::exists);
            isFound = !found.isEmpty();
            highest = isFound ? found.get(found.size() - 1) : highest;
        }
        return highest;
    }

    /**
     * The oldest version that the log still tells of, by a commit or else by a checkpoint; empty if there is no log. Lists
     * the whole log if its beginning has expired; it is short then.
     */
    public OptionalLong oldestVersion() {
        if (exists(0)) {
            return OptionalLong.of(0);
        }
        OptionalLong commit = listed(COMMIT).min();
        return commit.isPresent() ? commit : listed(CHECKPOINT).min();
    }

    private LongStream listed(Pattern names) {
        return versions(names, () -> Optional.of(files.all(log))).orElseThrow();
    }

    /** Empty where they cannot be listed without all before them. */
    private Optional<LongStream> listedFrom(long version) {
        return versions(COMMIT, () -> files.from(file(log, version)));
    }

    @FunctionalInterface
    private interface Listing {
        Optional<Iterator<String>> names() throws IOException;
    }

    private Optional<LongStream> versions(Pattern names, Listing listing) {
        LongStream.Builder versions = LongStream.builder();
        try {
            Optional<Iterator<String>> listed = listing.names();
            if (listed.isEmpty()) {
                return Optional.empty();
            }
            for (Iterator<String> all = listed.get(); all.hasNext(); ) {
                Matcher name = names.matcher(all.next());
                if (name.matches()) {
                    versions.add(Long.parseLong(name.group(1)));
                }
            }
        } catch (FileNotFoundException e) {
            return Optional.of(LongStream.empty());
        } catch (IOException | UncheckedIOException e) {
            throw unreadable("Delta log " + log, e);
        }
        return Optional.of(versions.build());
    }

    @Override
    public String toString() {
        return log.toString();
    }

    private static Path folder(String table) {
        return new Path(table, "_delta_log");
    }

    private static Path file(Path log, long version) {
        return new Path(log, String.format(Locale.ROOT, "%020d.json", version));
    }

    private static LogFiles files(Path log, Configuration hadoop, boolean withChecksums) {
        try {
            return LogFiles.of(log, hadoop, withChecksums);
        } catch (IOException e) {
            throw unreadable("Delta log " + log, e);
        }
    }

    private static OperatorActionException unreadable(String what, Exception e) {
        return new OperatorActionException(
                "The " + what + " cannot be read: " + e.getMessage()
                        + ". Check that the lake is reachable, that its files may be listed and read, and that they are"
                        + " whole.",
                e);
    }
}
