package io.tributary.compaction.log;

import io.tributary.account.Account;
import io.tributary.runtime.OperatorActionException;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.CommitInfo;

/** Reads the actions of single commits of one Delta table, one small file each. */
public final class ActionLog {

    private final Path log;
    private final FileSystem files;

    /** @param table the table's root, for example {@code s3://bucket/lake/events_merged} */
    public ActionLog(String table, Configuration hadoop) {
        this.log = new Path(table, "_delta_log");
        try {
            this.files = log.getFileSystem(hadoop);
        } catch (IOException e) {
            throw unreadable(log, e);
        }
    }

    /** The actions of the commit that made a version; empty if its log file has expired, or is not there yet. */
    public Optional<List<Action>> actions(long version) {
        Path file = new Path(log, String.format(Locale.ROOT, "%020d.json", version));
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(files.open(file), StandardCharsets.UTF_8))) {
            List<Action> actions = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                actions.add(Action.fromJson(line));
            }
            return Optional.of(actions);
        } catch (FileNotFoundException e) {
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            throw unreadable(file, e);
        }
    }

    /** The account among the actions of a commit, if it is of a kind. */
    public static <A extends Account> Optional<A> account(List<Action> actions, Class<A> kind) {
        return actions.stream()
                .filter(CommitInfo.class::isInstance)
                .map(action -> ((CommitInfo) action).userMetadata().<String>getOrElse(() -> ""))
                .findFirst()
                .flatMap(ActionLog::parsed)
                .filter(kind::isInstance)
                .map(kind::cast);
    }

    private static Optional<Account> parsed(String userMetadata) {
        try {
            return Account.parse(userMetadata);
        } catch (IllegalArgumentException e) {
            throw new OperatorActionException(
                    "A commit holds " + e.getMessage()
                            + ". Find it with scripts/audit, and restore its log file from a copy.",
                    e);
        }
    }

    private static OperatorActionException unreadable(Path path, Exception e) {
        return new OperatorActionException(
                path + " cannot be read: " + e.getMessage()
                        + ". Check that the lake is reachable and that its files may be listed and read.",
                e);
    }
}
