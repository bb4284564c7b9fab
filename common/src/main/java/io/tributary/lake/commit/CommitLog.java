package io.tributary.lake.commit;

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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Reads the commits of one Delta table straight from its log, one small file a version; never the data. */
public final class CommitLog {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Pattern COMMIT = Pattern.compile("(\\d{20})\\.json");

    private final FileSystem files;
    private final Path log;

    /** @param table the table's root, for example {@code s3://bucket/lake/events_staging} */
    public CommitLog(String table, Configuration hadoop) {
        this.log = new Path(table, "_delta_log");
        try {
            this.files = log.getFileSystem(hadoop);
        } catch (IOException e) {
            throw new OperatorActionException("The Delta log " + log + " cannot be opened: " + e.getMessage(), e);
        }
    }

    /** Takes what it wants from the lines of a commit's file, each an action as JSON. */
    @FunctionalInterface
    public interface ActionLines<T> {

        T read(BufferedReader lines) throws IOException;
    }

    /** The commit of a version; empty if there is no such version yet, or its log file has expired. */
    public Optional<Commit> commit(long version) {
        return read(version, lines -> {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("{\"commitInfo\"")) {
                    return Commit.of(version, JSON.readTree(line).get("commitInfo"));
                }
            }
            return new Commit(version, 0, "", Optional.empty());
        });
    }

    /**
     * What a reader takes from the commit of a version; empty if there is no such version yet, or its log file has expired.
     *
     * @throws OperatorActionException if the file cannot be read, or the reader fails
     */
    public <T> Optional<T> read(long version, ActionLines<T> reader) {
        Path file = file(version);
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(files.open(file), StandardCharsets.UTF_8))) {
            return Optional.of(reader.read(lines));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        } catch (ClosedByInterruptException | InterruptedIOException e) {
            // Somebody stops the query; the log is none the worse for it.
            throw new UncheckedIOException(e);
        } catch (IOException | RuntimeException e) {
            throw new OperatorActionException(
                    "The commit " + file + " cannot be read: " + e.getMessage()
                            + ". Check that the lake is reachable and that the log's files are whole.",
                    e);
        }
    }

    /**
     * When readers could first see a version, which exists: the time of its log file, by the file system's clock. S3
     * tells times in whole seconds; the end of the second counts.
     */
    public Instant visibleSince(long version) {
        Path file = file(version);
        try {
            long millis = files.getFileStatus(file).getModificationTime();
            return Instant.ofEpochMilli(millis % 1000 == 0 ? millis + 999 : millis);
        } catch (IOException e) {
            throw new OperatorActionException("The commit " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The newest version; costs one look per commit since the log's last checkpoint. */
    public long newestVersion() {
        Path last = new Path(log, "_last_checkpoint");
        try (InputStream in = files.open(last)) {
            return newestVersion(JSON.readTree(in).required("version").asLong());
        } catch (FileNotFoundException | JsonProcessingException | IllegalArgumentException e) {
            // It is a hint only: Delta does without, and so does a log of which the beginning has expired.
            return newestListed();
        } catch (IOException e) {
            throw new OperatorActionException("The Delta log " + log + " cannot be read: " + e.getMessage(), e);
        }
    }

    private long newestListed() {
        try {
            return Arrays.stream(files.listStatus(log))
                    .map(file -> COMMIT.matcher(file.getPath().getName()))
                    .filter(Matcher::matches)
                    .mapToLong(name -> Long.parseLong(name.group(1)))
                    .max()
                    .orElse(-1);
        } catch (FileNotFoundException e) {
            return -1;
        } catch (IOException e) {
            throw new OperatorActionException("The Delta log " + log + " cannot be listed: " + e.getMessage(), e);
        }
    }

    /** The newest version, given one that exists, or -1; costs one look per commit made since. */
    public long newestVersion(long known) {
        try {
            long version = known;
            while (files.exists(file(version + 1))) {
                version++;
            }
            return version;
        } catch (IOException e) {
            throw new OperatorActionException("The Delta log " + log + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The commits above a version, oldest first, up to the newest; pass -1 to begin at the first. */
    public List<Commit> after(long version) {
        List<Commit> commits = new ArrayList<>();
        for (Optional<Commit> next = commit(version + 1); next.isPresent(); ) {
            commits.add(next.get());
            next = commit(next.get().version() + 1);
        }
        return commits;
    }

    /**
     * The newest metadata of a kind at or below a version, skipping commits without one.
     *
     * @return empty if no commit back to the beginning of the log carries one
     * @throws OperatorActionException if the log has expired before one was found
     */
    public <A extends CommitMetadata> Optional<A> newest(Class<A> kind, long version) {
        return requireNewest(kind, version).map(Newest::metadata);
    }

    /** As {@link #newest(Class, long)}, and whether the table was put back since. */
    <A extends CommitMetadata> Optional<Newest<A>> requireNewest(Class<A> kind, long version) {
        return newest(kind, version, expired -> {
            throw new OperatorActionException("The log " + log + " begins after version " + expired
                    + " and holds no commit metadata of " + kind.getSimpleName()
                    + " any more, so where the work stands cannot be told. Restore the log's expired files from a"
                    + " copy, or begin a new lake.");
        });
    }

    /**
     * The newest metadata of a kind, if any is in the log's reach.
     *
     * @param isRestored whether the table was put back to an earlier version since, so that its rows are not the metadata's
     */
    public record Newest<A extends CommitMetadata>(A metadata, boolean isRestored) {

        /** The metadata, unless the table was put back since. */
        public Optional<A> ifNotRestored() {
            return isRestored ? Optional.empty() : Optional.of(metadata);
        }
    }

    /** As {@link #newest(Class, long)}, and empty as well if the log has expired before one was found. */
    public <A extends CommitMetadata> Optional<Newest<A>> findNewest(Class<A> kind, long version) {
        return newest(kind, version, expired -> Optional.empty());
    }

    private <A extends CommitMetadata> Optional<Newest<A>> newest(
            Class<A> kind, long version, LongFunction<Optional<Newest<A>>> expired) {
        boolean isRestored = false;
        for (long v = version; v >= 0; v--) {
            Optional<Commit> commit = commit(v);
            if (commit.isEmpty()) {
                return expired.apply(v);
            }
            Optional<A> metadata =
                    commit.get().metadata().filter(kind::isInstance).map(kind::cast);
            if (metadata.isPresent()) {
                return Optional.of(new Newest<>(metadata.get(), isRestored));
            }
            isRestored |= commit.get().isRestore();
        }
        return Optional.empty();
    }

    /**
     * The version of the newest commit with commit metadata that the table, at the given version, still holds: what came before
     * the target of a RESTORE, or before the one that this goes back to. -1 if there is none; empty where that cannot be
     * told, as of a RESTORE to a time, or where the log has expired.
     */
    public OptionalLong newestNotRestored(long version) {
        for (long v = version; v >= 0; ) {
            Optional<Commit> commit = commit(v);
            if (commit.isEmpty()) {
                return OptionalLong.empty();
            }
            if (commit.get().isRestore()) {
                OptionalLong target = restoredTo(v);
                if (target.isEmpty() || target.getAsLong() >= v) {
                    return OptionalLong.empty();
                }
                v = target.getAsLong();
            } else if (commit.get().metadata().isPresent()) {
                return OptionalLong.of(v);
            } else {
                v--;
            }
        }
        return OptionalLong.of(-1);
    }

    private OptionalLong restoredTo(long version) {
        return read(version, lines -> {
                    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                        JsonNode target = JSON.readTree(line).at("/commitInfo/operationParameters/version");
                        if (target.isIntegralNumber() || target.asText().matches("\\d+")) {
                            return OptionalLong.of(target.asLong());
                        }
                    }
                    return OptionalLong.empty();
                })
                .orElse(OptionalLong.empty());
    }

    private Path file(long version) {
        return new Path(log, String.format(Locale.ROOT, "%020d.json", version));
    }
}
