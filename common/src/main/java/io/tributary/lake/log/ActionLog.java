package io.tributary.lake.log;

import io.tributary.error.OperatorActionException;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.commit.CommitMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.CommitInfo;

/** Reads the actions of single commits of one Delta table, one small file each. */
public final class ActionLog {

    private final CommitLog log;

    /** @param table the table's root, for example {@code s3://bucket/lake/events_merged} */
    public ActionLog(String table, Configuration hadoop) {
        this.log = new CommitLog(table, hadoop);
    }

    /** The actions of the commit that made a version; empty if its log file has expired, or is not there yet. */
    public Optional<List<Action>> actions(long version) {
        return log.read(version, lines -> {
            List<Action> actions = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                actions.add(Action.fromJson(line));
            }
            return actions;
        });
    }

    /** The metadata among the actions of a commit, if it is of a kind. */
    public static <A extends CommitMetadata> Optional<A> metadata(List<Action> actions, Class<A> kind) {
        return actions.stream()
                .filter(CommitInfo.class::isInstance)
                .map(action -> ((CommitInfo) action).userMetadata().<String>getOrElse(() -> ""))
                .findFirst()
                .flatMap(ActionLog::parsed)
                .filter(kind::isInstance)
                .map(kind::cast);
    }

    private static Optional<CommitMetadata> parsed(String userMetadata) {
        try {
            return CommitMetadata.parse(userMetadata);
        } catch (IllegalArgumentException e) {
            throw new OperatorActionException(
                    "A commit holds " + e.getMessage()
                            + ". Find it with scripts/audit, and restore its log file from a copy.",
                    e);
        }
    }
}
