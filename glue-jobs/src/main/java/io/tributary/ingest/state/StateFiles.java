package io.tributary.ingest.state;

import io.tributary.aws.s3.ConditionalCheckpointFiles;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * The files of one partition of the state.
 *
 * <pre>
 *  V.changelog   what version V changed; created once, and another attempt at it must have written the same
 *  V.snapshot    all that version V knows; it only saves reading
 * </pre>
 */
final class StateFiles {

    private static final Pattern NAME = Pattern.compile("(\\d{1,18})\\.(changelog|snapshot)");

    /** Versions of which there is a file. */
    record Versions(NavigableSet<Long> changelogs, NavigableSet<Long> snapshots) {

        static Versions none() {
            return new Versions(new TreeSet<>(), new TreeSet<>());
        }

        /** Takes out what no version from the given one on needs. */
        Versions takeBefore(long version) {
            Long snapshot = snapshots.floor(version);
            return snapshot == null
                    ? none()
                    : new Versions(take(changelogs.headSet(snapshot, true)), take(snapshots.headSet(snapshot, false)));
        }

        private static NavigableSet<Long> take(NavigableSet<Long> part) {
            NavigableSet<Long> taken = new TreeSet<>(part);
            part.clear();
            return taken;
        }
    }

    private final Path folder;
    private final ConditionalCheckpointFiles files;

    StateFiles(Path folder, Configuration hadoop) {
        this.folder = folder;
        this.files = new ConditionalCheckpointFiles(folder, hadoop);
    }

    /** The key of the fingerprints, which all partitions share; made with the first of them. */
    FingerprintKey key(long version) throws IOException {
        Path operator = folder.getParent();
        return version == 0 ? FingerprintKey.create(operator, files) : FingerprintKey.read(operator, files);
    }

    /**
     * The table of a version: the newest snapshot, and the changes since.
     *
     * @param there the files that exist
     * @throws UnreadableStateException if a file is missing or damaged
     */
    LoadedState load(long version, StateFormat format, Versions there) throws IOException {
        FingerprintTable table = new FingerprintTable();
        Long snapshot = there.snapshots().floor(version);
        long from = snapshot == null ? 0 : snapshot;
        if (snapshot != null) {
            read(format, StateFormat.Kind.SNAPSHOT, snapshot, table);
        }
        int added = 0;
        for (long next = from + 1; next <= version; next++) {
            if (!there.changelogs().contains(next)) {
                throw new UnreadableStateException(
                        path(StateFormat.Kind.CHANGES, next) + " is missing, which version " + version + " needs");
            }
            added += read(format, StateFormat.Kind.CHANGES, next, table);
        }
        return new LoadedState(table, version, from, added);
    }

    private int read(StateFormat format, StateFormat.Kind kind, long version, FingerprintTable table)
            throws IOException {
        Path path = path(kind, version);
        try (InputStream in = files.open(path)) {
            return format.read(in, kind, version, table);
        } catch (UnreadableStateException | FileNotFoundException | org.apache.hadoop.fs.ChecksumException e) {
            throw new UnreadableStateException(path + ": " + e.getMessage(), e);
        }
    }

    /** @throws IOException if it cannot be written, or another attempt has written other changes */
    void writeChanges(long version, StateFormat format, StateChanges changes) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        format.write(content, StateFormat.Kind.CHANGES, version, changes);
        files.createOnce(path(StateFormat.Kind.CHANGES, version), content.toByteArray());
    }

    void writeSnapshot(long version, StateFormat format, StateChanges everything) throws IOException {
        files.write(
                path(StateFormat.Kind.SNAPSHOT, version),
                out -> format.write(out, StateFormat.Kind.SNAPSHOT, version, everything));
    }

    Versions list() throws IOException {
        Versions found = Versions.none();
        if (files.exists(folder)) {
            for (FileStatus file : files.list(folder, path -> true)) {
                Matcher name = NAME.matcher(file.getPath().getName());
                if (name.matches()) {
                    (name.group(2).equals("changelog") ? found.changelogs() : found.snapshots())
                            .add(Long.parseLong(name.group(1)));
                }
            }
        }
        return found;
    }

    void delete(Versions obsolete) {
        obsolete.changelogs().forEach(version -> files.delete(path(StateFormat.Kind.CHANGES, version)));
        obsolete.snapshots().forEach(version -> files.delete(path(StateFormat.Kind.SNAPSHOT, version)));
    }

    private Path path(StateFormat.Kind kind, long version) {
        return new Path(folder, kind.file(version));
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
