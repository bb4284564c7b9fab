package io.tributary.compaction.log;

import io.tributary.runtime.OperatorActionException;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.delta.actions.Action;

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
            return Optional.of(lines.lines().map(Action::fromJson).toList());
        } catch (FileNotFoundException e) {
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            throw unreadable(file, e);
        }
    }

    private static OperatorActionException unreadable(Path path, Exception e) {
        return new OperatorActionException(
                path + " cannot be read: " + e.getMessage()
                        + ". Check that the lake is reachable and that its files may be listed and read.",
                e);
    }
}
