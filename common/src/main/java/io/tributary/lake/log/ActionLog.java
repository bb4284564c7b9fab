package io.tributary.lake.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** Reads the actions of single commits of one Delta table. */
public final class ActionLog {

    private final DeltaLogReader log;

    /** @param table the table's root, for example {@code s3://bucket/lake/events_merged} */
    public ActionLog(String table, Configuration hadoop) {
        this.log = new DeltaLogReader(table, hadoop);
    }

    /** The actions of the commit that made a version; empty if its log file has expired, or is not there yet. */
    public Optional<CommitActions> actions(long version) {
        return log.read(version, lines -> {
            List<String> actions = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                actions.add(line);
            }
            return CommitActions.parse(actions);
        });
    }
}
