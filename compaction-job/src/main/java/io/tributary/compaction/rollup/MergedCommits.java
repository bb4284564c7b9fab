package io.tributary.compaction.rollup;

import io.tributary.columns.Columns;
import io.tributary.error.OperatorActionException;
import io.tributary.lake.commit.CommitMetadata;
import io.tributary.lake.commit.MergeMetadata;
import io.tributary.lake.log.ActionLog;
import io.tributary.lake.log.AddAction;
import io.tributary.lake.log.PartitionValues;
import io.tributary.lake.log.RemoveAction;
import java.io.IOException;
import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Reads from the merged table's log what commits did to its events, and looks whether their files are still there. */
final class MergedCommits {

    private final ActionLog log;
    private final Path table;
    private final FileSystem files;
    private final Map<Long, MergedCommit> known = new HashMap<>();

    MergedCommits(String table, Configuration hadoop) {
        this.log = new ActionLog(table, hadoop);
        this.table = new Path(table);
        try {
            this.files = this.table.getFileSystem(hadoop);
        } catch (IOException e) {
            throw unreadable(this.table, e);
        }
    }

    /** The commits of the versions above one and up to another; fewer where the log has expired or does not tell. */
    List<MergedCommit> between(long after, long upTo) {
        List<MergedCommit> commits = new ArrayList<>();
        for (long version = after + 1; version <= upTo; version++) {
            commit(version).ifPresent(commits::add);
        }
        return commits;
    }

    boolean exists(AddedFile file) {
        Path path = path(file);
        try {
            return files.exists(path);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    Path path(AddedFile file) {
        // The log writes paths as URIs: escaped, and relative unless the table was cloned.
        return new Path(table, new Path(URI.create(file.path())));
    }

    private Optional<MergedCommit> commit(long version) {
        MergedCommit before = known.get(version);
        if (before != null) {
            return Optional.of(before);
        }
        Optional<MergedCommit> read = read(version);
        read.ifPresent(commit -> known.put(version, commit));
        return read;
    }

    private Optional<MergedCommit> read(long version) {
        return log.actions(version).flatMap(actions -> {
            List<AddedFile> added = new ArrayList<>();
            actions.added().stream().filter(AddAction::changesData).forEach(file -> date(file.partition())
                    .ifPresent(date -> added.add(
                            new AddedFile(file.path(), date, file.rows().orElse(-1)))));
            SortedSet<LocalDate> reduced = new TreeSet<>();
            for (RemoveAction file : actions.removed()) {
                if (file.changesData()) {
                    if (!file.partition().names(Columns.EVENT_DATE)) {
                        // The protocol lets a writer leave it out; then any date may have lost events.
                        return Optional.empty();
                    }
                    date(file.partition()).ifPresent(reduced::add);
                }
            }
            return Optional.of(
                    new MergedCommit(version, CommitMetadata.of(actions, MergeMetadata.class), added, reduced));
        });
    }

    /** The event date of a file; none for the merge watermark's. */
    private static Optional<LocalDate> date(PartitionValues partition) {
        return partition.value(Columns.EVENT_DATE).map(LocalDate::parse);
    }

    private static OperatorActionException unreadable(Path path, Exception e) {
        return new OperatorActionException(
                path + " cannot be read: " + e.getMessage()
                        + ". Check that the lake is reachable and that its files may be listed and read.",
                e);
    }
}
