package io.tributary.lake.commit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tributary.error.OperatorActionException;
import io.tributary.lake.log.DeltaLogReader;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import org.apache.hadoop.conf.Configuration;

/** Reads the commits of one Delta table straight from its log. */
public final class CommitLog {

    private static final String COMMIT_INFO = "commitInfo";

    private final DeltaLogReader log;

    /** @param table the table's root, for example {@code s3://bucket/lake/events_staging} */
    public CommitLog(String table, Configuration hadoop) {
        this.log = new DeltaLogReader(table, hadoop);
    }

    /** The commit of a version; empty if there is no such version yet, or its log file has expired. */
    public Optional<Commit> commit(long version) {
        return log.read(version, lines -> {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Optional<JsonNode> info = DeltaLogReader.action(line, COMMIT_INFO);
                if (info.isPresent()) {
                    return Commit.of(version, info.get());
                }
            }
            return new Commit(version, 0, "", Optional.empty());
        });
    }

    /**
     * When readers could first see a version, which exists: the time of its log file, by the file system's clock. S3
     * tells times in whole seconds; the end of the second counts.
     */
    public Instant visibleSince(long version) {
        Instant written = log.writtenAt(version);
        return written.equals(written.truncatedTo(ChronoUnit.SECONDS)) ? written.plusMillis(999) : written;
    }

    /** The newest version, or -1; costs one look per commit since the log's last checkpoint. */
    public long newestVersion() {
        return log.newestVersion();
    }

    /** The newest version, given one that exists, or -1; costs one look per commit made since. */
    public long newestVersion(long known) {
        return log.newestVersion(known);
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
     * The version of the newest commit of a batch or merge that the table, at the given version, still holds: what came before
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
            } else if (commit.get()
                    .metadata()
                    .filter(metadata -> !(metadata instanceof RemovalMetadata) && !(metadata instanceof FillMetadata))
                    .isPresent()) {
                return OptionalLong.of(v);
            } else {
                v--;
            }
        }
        return OptionalLong.of(-1);
    }

    private OptionalLong restoredTo(long version) {
        return log.read(version, lines -> {
                    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                        JsonNode target = DeltaLogReader.action(line, COMMIT_INFO)
                                .map(info -> info.at("/operationParameters/version"))
                                .orElseGet(MissingNode::getInstance);
                        if (target.isIntegralNumber() || target.asText().matches("\\d+")) {
                            return OptionalLong.of(target.asLong());
                        }
                    }
                    return OptionalLong.empty();
                })
                .orElse(OptionalLong.empty());
    }
}
