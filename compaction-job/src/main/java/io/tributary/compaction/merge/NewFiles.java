package io.tributary.compaction.merge;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.RemoveFile;

/** Tells from what commits did which files hold the rows that they added. */
final class NewFiles {

    private NewFiles() {}

    /**
     * The files with rows that were not there before; files that only hold moved rows are none of them.
     *
     * @param commits the actions of each commit
     * @return empty if a file was added and removed again, so that the rows may lie elsewhere or be gone
     */
    static Optional<List<AddFile>> of(List<List<Action>> commits) {
        List<AddFile> added = new ArrayList<>();
        Set<String> removed = new HashSet<>();
        for (List<Action> commit : commits) {
            for (Action action : commit) {
                if (action instanceof AddFile add && add.dataChange()) {
                    added.add(add);
                } else if (action instanceof RemoveFile remove) {
                    removed.add(remove.path());
                }
            }
        }
        return added.stream().anyMatch(file -> removed.contains(file.path())) ? Optional.empty() : Optional.of(added);
    }
}
