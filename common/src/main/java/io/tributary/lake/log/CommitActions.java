package io.tributary.lake.log;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.CommitInfo;
import org.apache.spark.sql.delta.actions.RemoveFile;

/**
 * What one commit did to its table's files.
 *
 * @param userMetadata what the commit says of itself; an empty text if it says nothing
 */
public record CommitActions(String userMetadata, List<AddAction> added, List<RemoveAction> removed) {

    public CommitActions {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
    }

    /** @param lines of the commit's file, an action each */
    public static CommitActions parse(List<String> lines) {
        String userMetadata = "";
        List<AddAction> added = new ArrayList<>();
        List<RemoveAction> removed = new ArrayList<>();
        for (String line : lines) {
            Action action = Action.fromJson(line);
            if (action instanceof AddFile add) {
                added.add(new AddAction(add));
            } else if (action instanceof RemoveFile remove) {
                removed.add(new RemoveAction(
                        remove.path(), remove.dataChange(), PartitionValues.of(remove.partitionValues())));
            } else if (action instanceof CommitInfo info && userMetadata.isEmpty()) {
                userMetadata = info.userMetadata().<String>getOrElse(() -> "");
            }
        }
        return new CommitActions(userMetadata, added, removed);
    }
}
