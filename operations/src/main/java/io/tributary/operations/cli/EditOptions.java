package io.tributary.operations.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.lake.status.RecordedChange.Action;
import io.tributary.operations.datacenter.ChangeHistory;
import io.tributary.operations.datacenter.DataCentersFile;
import io.tributary.operations.datacenter.PlannedEdit;
import java.io.PrintStream;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How an edit is made: by whom and why, and whether it is to be asked first. */
public final class EditOptions {

    private static final int DONE = 0;
    private static final int NOT_DONE = 2;

    @Mixin
    private AuthorOptions author;

    @Option(names = "--yes", description = "Do it without a question.")
    private boolean yes;

    @Option(names = "--json", description = "Answer in JSON.")
    private boolean json;

    /** @throws io.tributary.error.InvalidInputException if no reason was given */
    void requireReason(Action action) {
        author.requireReason(action);
    }

    /** Where what is no answer in JSON goes. */
    PrintStream talk(Environment environment) {
        return json ? environment.err() : environment.out();
    }

    /**
     * Shows an edit, asks, makes it, and records it.
     *
     * @param next what to type next
     */
    int carryOut(Environment environment, DataCentersOptions place, Action action, PlannedEdit edit, String next) {
        return carryOut(environment, place, action, edit, Optional.empty(), next);
    }

    /**
     * The same, although something may speak against it.
     *
     * @param overruled what speaks against it, in words; it is recorded
     */
    int carryOut(
            Environment environment,
            DataCentersOptions place,
            Action action,
            PlannedEdit edit,
            Optional<String> overruled,
            String next) {
        DataCentersFile file = place.file(environment);
        PrintStream talk = talk(environment);
        preview(talk, file, edit);
        if (edit.isEmpty()) {
            answer(environment, action, edit, false, "nothing to do; next: tributary dc list");
            return DONE;
        }
        if (!Confirmation.isGiven(environment, talk, yes, "apply?")) {
            answer(environment, action, edit, false, "nothing was written; to do it: the same with --yes");
            return NOT_DONE;
        }
        ChangeHistory history = place.history(environment);
        file.make(edit);
        history.add(author.record(environment, action, edit.dataCenter(), edit.words(), Optional.empty(), overruled));
        talk.println("written to " + file.uri() + " and recorded in " + history.uri()
                + "; the stream reads it at its next trigger");
        answer(environment, action, edit, true, "next: " + next);
        return DONE;
    }

    private static void preview(PrintStream talk, DataCentersFile file, PlannedEdit edit) {
        if (edit.isEmpty()) {
            talk.println(edit.dataCenter() + " is so already in " + file.uri());
            return;
        }
        edit.changes().forEach(change -> talk.println(edit.dataCenter() + " " + change.description()));
        talk.println();
        edit.lines().forEach(line -> talk.println("  " + line));
        talk.println();
    }

    private void answer(Environment environment, Action action, PlannedEdit edit, boolean isWritten, String last) {
        if (!json) {
            environment.out().println(last);
            return;
        }
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("action", action.command()).put("data_center", edit.dataCenter());
        edit.words().forEach(root.putArray("changes")::add);
        edit.lines().forEach(root.putArray("lines")::add);
        root.put("written", isWritten).put("next", last);
        environment.out().println(root.toPrettyString());
    }
}
