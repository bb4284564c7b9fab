package io.tributary.compaction.merge;

import io.tributary.lake.commit.BatchCommit;
import io.tributary.lake.log.ActionLog;
import io.tributary.lake.log.FileStatistics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.RemoveFile;

/** Tells from what commits did which staging files hold the rows that they added. */
final class StagedFiles {

    private StagedFiles() {}

    /**
     * The files with rows that were not there before; files that only hold moved rows are none of them.
     *
     * @param commits the actions of each commit
     * @return empty if the commits leave it open: a file was added and removed again, so that its rows may lie elsewhere
     *     or be gone, or what was added is not just what a batch accounts for
     */
    static Optional<List<AddFile>> of(List<List<Action>> commits) {
        List<AddFile> added = new ArrayList<>();
        Set<String> removed = new HashSet<>();
        for (List<Action> commit : commits) {
            List<AddFile> own = new ArrayList<>();
            for (Action action : commit) {
                if (action instanceof AddFile add && add.dataChange()) {
                    own.add(add);
                } else if (action instanceof RemoveFile remove) {
                    removed.add(remove.path());
                }
            }
            long accounted = ActionLog.metadata(commit, BatchCommit.class)
                    .map(metadata -> metadata.total().staged())
                    .orElse(0L);
            if (rows(own) != accounted) {
                return Optional.empty();
            }
            added.addAll(own);
        }
        return added.stream().anyMatch(file -> removed.contains(file.path())) ? Optional.empty() : Optional.of(added);
    }

    /** Negative where the log does not say. */
    private static long rows(List<AddFile> files) {
        long rows = 0;
        for (AddFile file : files) {
            long own = FileStatistics.of(file).rows().orElse(-1);
            if (own < 0) {
                return -1;
            }
            rows += own;
        }
        return rows;
    }
}
