package io.tributary.operations.datacenter;

import io.tributary.error.InvalidInputException;
import io.tributary.error.OperatorActionException;
import io.tributary.lake.status.RecordedChange;
import io.tributary.runtime.EditedFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * Who changed which data center, when and why: a file of JSON lines beside the data-centers file. Lines are only ever
 * added, each as a whole, whoever else adds some.
 */
public final class ChangeHistory {

    private static final int MAX_ATTEMPTS = 50;
    private static final int MAX_FAILURES = 3;

    private final String uri;
    private final EditedFiles files;

    /** @param dataCentersFile its file or URI */
    public ChangeHistory(String dataCentersFile, Configuration hadoop) {
        this.uri = dataCentersFile + RecordedChange.FILE_SUFFIX;
        this.files = new EditedFiles(hadoop);
    }

    public String uri() {
        return uri;
    }

    /**
     * All changes, in the order in which they were made; empty if there is no history yet.
     *
     * @throws InvalidInputException if a line is no record of a change
     */
    public List<RecordedChange> read() {
        String text = files.read(uri).map(EditedFiles.Content::text).orElse("");
        List<RecordedChange> changes = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            try {
                changes.add(RecordedChange.parse(line));
            } catch (IllegalArgumentException e) {
                throw new InvalidInputException(
                        "Line " + number + " of the history " + uri
                                + " is no record of a change. Put the file back from the bucket's earlier versions, or"
                                + " take that line out.",
                        e);
            }
        }
        return changes;
    }

    /** The last change of a data center; empty if none is recorded. */
    public Optional<RecordedChange> last(String dataCenter) {
        return read().stream()
                .filter(change -> change.dataCenter().equals(dataCenter))
                .reduce((first, second) -> second);
    }

    /**
     * Adds a change.
     *
     * @throws OperatorActionException if it cannot be written, with the line
     */
    public void add(RecordedChange change) {
        String line = change.toLine();
        int failures = 0;
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            try {
                Optional<EditedFiles.Content> before = files.read(uri);
                String text = before.map(EditedFiles.Content::text).orElse("");
                // A write that failed may have been stored all the same.
                if (failures > 0 && text.lines().anyMatch(line::equals)) {
                    return;
                }
                String whole = text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
                if (files.write(uri, before, whole + line + "\n")) {
                    return;
                }
            } catch (InvalidInputException | OperatorActionException e) {
                failures++;
                if (failures == MAX_FAILURES) {
                    throw unrecorded(line, e.getMessage(), e);
                }
            }
        }
        throw unrecorded(line, "others write it all the time.", null);
    }

    private OperatorActionException unrecorded(String line, String why, Exception cause) {
        return new OperatorActionException(
                "The change was made, but who made it and why is not recorded in " + uri + ": " + why
                        + " Add this line to it: " + line,
                cause);
    }
}
