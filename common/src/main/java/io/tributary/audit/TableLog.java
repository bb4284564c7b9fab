package io.tributary.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.error.InvalidInputException;
import io.tributary.error.OperatorActionException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * The log of one Delta table between its first version and the one that was the newest when it was opened. Unlike
 * {@link io.tributary.lake.commit.CommitLog}, which the jobs trust, it takes no file for whole and no version for present.
 */
final class TableLog {

    private static final Pattern COMMIT = Pattern.compile("(\\d{20})\\.json");
    private static final Pattern CHECKPOINT = Pattern.compile("(\\d{20})\\.checkpoint\\..*");

    private final FileSystem files;
    private final Path log;
    private final long first;
    private final long newest;

    /**
     * Opens the log.
     *
     * @param table the table's root
     * @throws InvalidInputException if there is no log
     */
    TableLog(String table, Configuration hadoop, PrefetchingReader ahead) {
        this.log = new Path(table, "_delta_log");
        try {
            FileSystem system = log.getFileSystem(hadoop);
            // Checksums would hide a commit that was changed by hand behind an error of the file system.
            this.files = system instanceof LocalFileSystem local ? local.getRawFileSystem() : system;
            OptionalLong checkpoint = lastCheckpoint();
            boolean isWhole = files.exists(file(0));
            OptionalLong lowest = isWhole ? OptionalLong.of(0) : lowest();
            if (lowest.isEmpty() && checkpoint.isEmpty()) {
                throw new InvalidInputException("There is no Delta table at " + table
                        + ". Name the folder or URI that a job was given as --lake, and with --config the configuration"
                        + " that names its tables, if they are not called as usual.");
            }
            this.first = lowest.orElse(checkpoint.orElse(0));
            this.newest = newest(Math.max(first, checkpoint.orElse(0)), ahead);
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    long first() {
        return first;
    }

    long newest() {
        return newest;
    }

    /** What a version's file holds. Safe for many threads at once. */
    LogEntry entry(long version) {
        Optional<String> text;
        try (InputStream in = files.open(file(version))) {
            text = Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (FileNotFoundException e) {
            text = Optional.empty();
        } catch (IOException e) {
            throw unreachable(e);
        }
        return text.map(content -> EntryParser.parse(version, content)).orElseGet(() -> new LogEntry.Missing(version));
    }

    private OptionalLong lastCheckpoint() throws IOException {
        try (InputStream in = files.open(new Path(log, "_last_checkpoint"))) {
            return OptionalLong.of(
                    new ObjectMapper().readTree(in).path("version").asLong());
        } catch (FileNotFoundException e) {
            return OptionalLong.empty();
        }
    }

    /** Lists the whole log, which only an expired one is worth: it is short then. */
    private OptionalLong lowest() throws IOException {
        OptionalLong commit = OptionalLong.empty();
        OptionalLong checkpoint = OptionalLong.empty();
        try {
            for (RemoteIterator<FileStatus> all = files.listStatusIterator(log); all.hasNext(); ) {
                String name = all.next().getPath().getName();
                commit = lower(commit, COMMIT.matcher(name));
                checkpoint = lower(checkpoint, CHECKPOINT.matcher(name));
            }
        } catch (FileNotFoundException e) {
            return OptionalLong.empty();
        }
        return commit.isPresent() ? commit : checkpoint;
    }

    private static OptionalLong lower(OptionalLong lowest, Matcher name) {
        if (!name.matches()) {
            return lowest;
        }
        long version = Long.parseLong(name.group(1));
        return OptionalLong.of(Math.min(version, lowest.orElse(Long.MAX_VALUE)));
    }

    /** The highest version after which a whole window of versions is absent, so that single ones removed are seen. */
    private long newest(long known, PrefetchingReader ahead) {
        long highest = known;
        for (boolean isFound = true; isFound; ) {
            isFound = false;
            long from = highest + 1;
            for (long version : ahead.select(from, from + PrefetchingReader.WINDOW, this::exists)) {
                highest = version;
                isFound = true;
            }
        }
        return highest;
    }

    private boolean exists(long version) {
        try {
            return files.exists(file(version));
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private Path file(long version) {
        return new Path(log, String.format(Locale.ROOT, "%020d.json", version));
    }

    private OperatorActionException unreachable(IOException e) {
        return new OperatorActionException(
                "The Delta log " + log + " cannot be read: " + e.getMessage()
                        + ". Check that the lake is reachable and that its files may be listed and read.",
                e);
    }
}
