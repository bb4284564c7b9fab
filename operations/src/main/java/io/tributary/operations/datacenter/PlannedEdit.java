package io.tributary.operations.datacenter;

import io.tributary.config.DataCenterChange;
import io.tributary.runtime.EditedFiles;
import java.util.ArrayList;
import java.util.List;

/**
 * An edit of the data-centers file that is valid and not made yet.
 *
 * @param dataCenter the only one that it changes
 * @param before the file as it was read
 * @param after its new text
 * @param changes what the stream will do otherwise; empty if nothing
 */
public record PlannedEdit(String dataCenter, EditedFiles.Content before, String after, List<DataCenterChange> changes) {

    private static final String LINE_BREAK = "\r?\n";

    public PlannedEdit {
        changes = List.copyOf(changes);
    }

    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** What the stream will do otherwise, in words. */
    public List<String> words() {
        return changes.stream().map(DataCenterChange::description).toList();
    }

    /** The lines that go, each after a minus, and those that come, each after a plus. */
    public List<String> lines() {
        List<String> old = List.of(before.text().split(LINE_BREAK, -1));
        List<String> now = List.of(after.split(LINE_BREAK, -1));
        int same = 0;
        while (same < Math.min(old.size(), now.size()) && old.get(same).equals(now.get(same))) {
            same++;
        }
        int tail = 0;
        while (tail < Math.min(old.size(), now.size()) - same
                && old.get(old.size() - 1 - tail).equals(now.get(now.size() - 1 - tail))) {
            tail++;
        }
        List<String> lines = new ArrayList<>();
        old.subList(same, old.size() - tail).forEach(line -> lines.add("- " + line));
        now.subList(same, now.size() - tail).forEach(line -> lines.add("+ " + line));
        return lines;
    }
}
