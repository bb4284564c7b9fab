package io.tributary.operations.datacenter;

import io.tributary.config.AcceptedRejects;
import io.tributary.config.DataCenter;
import io.tributary.config.DataCenterAccess;
import io.tributary.config.DataCenterChange;
import io.tributary.config.DataCenters;
import io.tributary.config.yaml.Quoted;
import io.tributary.error.InvalidInputException;
import io.tributary.runtime.EditedFiles;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.hadoop.conf.Configuration;

/**
 * The data-centers file that is in force. An edit is planned, which checks it as the stream will, and then made, unless
 * somebody else has changed the file meanwhile.
 */
public final class DataCentersFile {

    private static final String STATE = "state";
    private static final String ACCEPT_REJECTS = "accept_rejects";
    private static final String PAUSED_UNTIL = "paused_until";

    private final String uri;
    private final DataCenterAccess access;
    private final EditedFiles files;

    public DataCentersFile(String uri, DataCenterAccess access, Configuration hadoop) {
        this.uri = uri;
        this.access = access;
        this.files = new EditedFiles(hadoop);
    }

    public String uri() {
        return uri;
    }

    /** @throws InvalidInputException if there is no file, or the stream would not accept it */
    public DataCenters read() {
        return parse(content().text());
    }

    /** @throws InvalidInputException if the file has no such data center */
    public DataCenter read(String name) {
        return find(read(), name);
    }

    /**
     * Plans a pause.
     *
     * @param until when it ends by itself; empty: when somebody resumes it
     */
    public PlannedEdit pause(String name, Optional<Instant> until) {
        UnaryOperator<String> paused = text -> EntryEditor.of(text).with(name, STATE, "paused");
        return plan(
                name,
                until.isPresent()
                        ? text -> EntryEditor.of(paused.apply(text))
                                .with(name, PAUSED_UNTIL, until.get().toString())
                        : text -> EntryEditor.of(paused.apply(text)).without(name, PAUSED_UNTIL));
    }

    /**
     * Plans that it is read again.
     *
     * @param trip of the breaker that halts it, which is accepted instead of earlier ones
     */
    public PlannedEdit resume(String name, Optional<AcceptedRejects> trip) {
        DataCenter center = read(name);
        UnaryOperator<String> active = center.state() == DataCenter.State.ACTIVE
                ? text -> text
                : text -> EntryEditor.of(EntryEditor.of(text).with(name, STATE, "active"))
                        .without(name, PAUSED_UNTIL);
        return trip.filter(rejects -> !center.acceptedRejects().contains(rejects))
                .map(rejects -> plan(name, text -> EntryEditor.of(active.apply(text))
                        .with(name, ACCEPT_REJECTS, List.of(rejects.toString()))))
                .orElseGet(() -> plan(name, active));
    }

    /** @throws InvalidInputException if there is one of this name */
    public PlannedEdit add(EntryEditor.NewEntry entry) {
        return plan(entry.name(), text -> {
            requireNew(entry.name(), parse(text));
            return EntryEditor.of(text).plus(entry);
        });
    }

    public PlannedEdit remove(String name) {
        return plan(name, text -> EntryEditor.of(text).withoutEntry(name));
    }

    /** The data center as the file has it after an edit. */
    public DataCenter after(PlannedEdit edit) {
        return find(parse(edit.after()), edit.dataCenter());
    }

    /** All data centers as the file has them after an edit. */
    public DataCenters allAfter(PlannedEdit edit) {
        return parse(edit.after());
    }

    /**
     * Makes an edit.
     *
     * @throws InvalidInputException if somebody else has changed the file since it was read; it is left as it is
     */
    public void make(PlannedEdit edit) {
        if (!files.write(uri, Optional.of(edit.before()), edit.after())) {
            throw new InvalidInputException("The data-centers file " + uri
                    + " was changed by somebody else in the meantime, so nothing was written. Look at what it says now,"
                    + " and repeat the command if it is still right.");
        }
    }

    private static void requireNew(String name, DataCenters known) {
        known.names().stream().filter(name::equalsIgnoreCase).findFirst().ifPresent(other -> {
            throw new InvalidInputException("There is a data center " + other
                    + " already, and names differ in more than capitals. Choose another name, or edit its entry.");
        });
    }

    private PlannedEdit plan(String name, UnaryOperator<String> edit) {
        EditedFiles.Content before = content();
        DataCenters was = parse(before.text());
        String after = edit.apply(before.text());
        List<DataCenterChange> changes = DataCenterChange.between(was, parse(after));
        changes.stream()
                .filter(change -> !change.dataCenter().equals(name))
                .findFirst()
                .ifPresent(other -> {
                    throw new IllegalStateException("An edit of data center " + name + " would change "
                            + other.dataCenter() + " as well; nothing was written. Edit " + uri + " by hand.");
                });
        return new PlannedEdit(name, before, after, changes);
    }

    private DataCenters parse(String text) {
        return DataCenters.parse(text, uri, access);
    }

    private EditedFiles.Content content() {
        return files.read(uri)
                .orElseThrow(() -> new InvalidInputException(
                        "There is no data-centers file " + uri + ". Name the one of the stream with --data-centers."));
    }

    private static DataCenter find(DataCenters all, String name) {
        return all.all().stream()
                .filter(center -> center.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("There is no data center " + Quoted.of(name)
                        + " in the data-centers file; " + all.describe().toLowerCase(Locale.ROOT) + "."));
    }
}
