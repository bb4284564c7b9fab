package io.tributary.compaction.merge;

import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.CommitMetadata;
import io.tributary.lake.commit.RemovalMetadata;
import io.tributary.lake.log.AddAction;
import io.tributary.lake.log.CommitActions;
import io.tributary.lake.log.RemoveAction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tells from what commits did which staging files hold the rows that they added. */
final class StagedFiles {

    private StagedFiles() {}

    /**
     * The files with rows that were not there before; files that only hold moved rows are none of them.
     *
     * @param commits what each did
     * @return empty if the commits leave it open: a file was added and removed again, so that its rows may lie elsewhere
     *     or be gone, or what was added is not just what a batch accounts for
     */
    static Optional<List<AddAction>> of(List<CommitActions> commits) {
        List<AddAction> added = new ArrayList<>();
        Set<String> removed = new HashSet<>();
        for (CommitActions commit : commits) {
            // A removal writes anew what it leaves of a file.
            boolean addsNothing =
                    CommitMetadata.of(commit, RemovalMetadata.class).isPresent();
            List<AddAction> own = commit.added().stream()
                    .filter(file -> file.changesData() && !addsNothing)
                    .toList();
            long accounted = CommitMetadata.of(commit, BatchMetadata.class)
                    .map(metadata -> metadata.total().staged())
                    .orElse(0L);
            if (rows(own) != accounted) {
                return Optional.empty();
            }
            added.addAll(own);
            commit.removed().stream().map(RemoveAction::path).forEach(removed::add);
        }
        return added.stream().anyMatch(file -> removed.contains(file.path())) ? Optional.empty() : Optional.of(added);
    }

    /** Negative where the log does not say. */
    private static long rows(List<AddAction> files) {
        long rows = 0;
        for (AddAction file : files) {
            long own = file.rows().orElse(-1);
            if (own < 0) {
                return -1;
            }
            rows += own;
        }
        return rows;
    }
}
