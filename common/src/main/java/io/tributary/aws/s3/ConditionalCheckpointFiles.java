package io.tributary.aws.s3;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;

/**
 * Spark's checkpoint files on S3. Files that must be written once are created conditionally. So of two drivers on one
 * checkpoint, and of two attempts at one batch, exactly one succeeds and the other gets an error. Spark's own
 * implementation checks whether a file exists and then renames, or replaces a file. Both drivers would then believe in
 * their own file.
 *
 * <pre>
 *  offsets/N, commits/N   created; if it exists, another query runs, which Spark reports
 *  state/…/V.changelog    created; an existing one must hold the same changes, in any order, or the task fails
 *  state/…/V.zip          only if the existing changelog V is this process's own
 *  all else               replaced
 * </pre>
 *
 * <p>A repeated batch may carry other ranges, and a second driver may read what the first could not. Without
 * conditional writes the last state file would win, whatever the lake holds. Events that only the state has would then
 * be dropped as duplicates. With conditional writes the first attempt that wrote a part of the state wins. An attempt
 * that differs fails when it writes its state, and then the checkpoint is abandoned.
 *
 * <p>Spark creates it by name, from the setting {@value #SETTING}.
 */
public final class ConditionalCheckpointFiles extends SparkCheckpointFiles {

    public static final String SETTING = "spark.sql.streaming.checkpointFileManagerClass";

    /** Folders of Spark's that hold one file a batch and no folder. */
    private static final Set<String> BATCH_LOGS = Set.of("offsets", "commits");

    private static final Pattern CHANGELOG = Pattern.compile("(\\d{1,18})\\.changelog");
    private static final Pattern SNAPSHOT = Pattern.compile("(\\d{1,18})\\.zip");

    private final ExclusiveCreate creation;
    private final StateChangelogs changelogs;
    private final boolean isOnS3;
    private final S3Files s3;

    /** A snapshot is written soon after the changelog of its version. */
    private static final int MAX_OWN_VERSIONS = 1_000;

    /** The newest state versions, by folder, for which this process's changelog is the valid one. */
    private final Map<Path, NavigableSet<Long>> ownVersions = new ConcurrentHashMap<>();

    /** The constructor that Spark calls. */
    public ConditionalCheckpointFiles(Path path, Configuration hadoop) {
        super(path, hadoop);
        this.isOnS3 = S3Files.isOnS3(fs().getUri());
        this.s3 = new S3Files(hadoop);
        this.creation = isOnS3 ? ExclusiveCreate.onS3(hadoop) : ExclusiveCreate.here();
        this.changelogs = new StateChangelogs(hadoop);
    }

    @Override
    public AtomicFile createAtomic(Path path, boolean overwriteIfPossible) {
        Matcher changelog = CHANGELOG.matcher(path.getName());
        if (changelog.matches()) {
            return new Changelog(path, version(changelog));
        }
        Matcher snapshot = SNAPSHOT.matcher(path.getName());
        if (snapshot.matches() && !isOwn(path.getParent(), version(snapshot))) {
            throw new UncheckedIOException(new IOException(
                    path + " is not written, because the changelog of that version is of another attempt"));
        }
        if (!overwriteIfPossible) {
            return new CreatedFile(path);
        }
        return isOnS3 ? replacementOnS3(path) : bySpark(path);
    }

    /** Spark looks for the file of a batch before it creates it. Where there is none, Hadoop would list S3 for a folder. */
    @Override
    public boolean exists(Path path) {
        try {
            boolean isObject = isOnS3 && BATCH_LOGS.contains(path.getParent().getName());
            return isObject ? s3.exists(path) : super.exists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The content of a file, written from its beginning to its end. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Writes a file whole, or not at all; it replaces an existing one. */
    public void write(Path path, Content content) throws IOException {
        AtomicFile file = createAtomic(path, true);
        try {
            content.writeTo(file);
        } catch (IOException | RuntimeException e) {
            file.cancel();
            throw e;
        }
        file.close();
    }

    /**
     * Creates a file whose bytes follow from what it says.
     *
     * @throws StateConflictException if there is one with other bytes, which stays
     */
    public void createOnce(Path path, byte[] content) throws IOException {
        if (!creation.create(path, content)) {
            try (InputStream there = fs().open(path)) {
                if (!Arrays.equals(there.readAllBytes(), content)) {
                    throw new StateConflictException(path.toString());
                }
            }
        }
    }

    /** Creates a file that must not exist yet; false if it exists. */
    public boolean createIfAbsent(Path path, byte[] content) throws IOException {
        return creation.create(path, content);
    }

    private static long version(Matcher name) {
        return Long.parseLong(name.group(1));
    }

    private boolean isOwn(Path folder, long version) {
        return ownVersions.getOrDefault(folder, new TreeSet<>()).contains(version);
    }

    private void addOwn(Path folder, long version) {
        NavigableSet<Long> own = ownVersions.computeIfAbsent(folder, absent -> new ConcurrentSkipListSet<>());
        own.add(version);
        own.headSet(version - MAX_OWN_VERSIONS).clear();
    }

    int ownVersions() {
        return ownVersions.values().stream().mapToInt(Set::size).sum();
    }

    private AtomicFile replacementOnS3(Path path) {
        try {
            return new Replacement(fs().create(path, true));
        } catch (IOException e) {
            throw new UncheckedIOException("The checkpoint file " + path + " cannot be written", e);
        }
    }

    /** A file that is buffered until it is complete, and then written as a whole or not at all. */
    private abstract static class BufferedFile extends AtomicFile {

        private final ByteArrayOutputStream content;
        private boolean isOver;

        BufferedFile(ByteArrayOutputStream content) {
            super(content);
            this.content = content;
        }

        abstract void store(byte[] whole) throws IOException;

        @Override
        public void close() throws IOException {
            if (!isOver) {
                isOver = true;
                flush();
                store(content.toByteArray());
            }
        }

        @Override
        public void cancel() {
            isOver = true;
        }
    }

    /** A file that must not exist yet. */
    private final class CreatedFile extends BufferedFile {

        private final Path path;

        CreatedFile(Path path) {
            super(new ByteArrayOutputStream());
            this.path = path;
        }

        @Override
        void store(byte[] whole) throws IOException {
            if (!creation.create(path, whole)) {
                // Spark recognizes this exception as a second query on the checkpoint.
                throw new FileAlreadyExistsException(path + " is there already");
            }
        }
    }

    /** The changes of one batch to one partition of the state. */
    private final class Changelog extends BufferedFile {

        private final Path path;
        private final long version;
        private Throwable failure;

        Changelog(Path path, long version) {
            super(new ByteArrayOutputStream());
            this.path = path;
            this.version = version;
        }

        @Override
        void store(byte[] whole) throws IOException {
            try {
                if (!creation.create(path, whole)) {
                    changelogs.requireSame(path, fs().open(path), whole);
                }
                addOwn(path.getParent(), version);
            } catch (IOException | RuntimeException e) {
                failure = e;
                throw e;
            }
        }

        @Override
        public void cancel() {
            super.cancel();
            if (failure != null) {
                throw new UnwrittenStateError(failure);
            }
        }
    }

    /** A file that replaces an existing one. */
    private static final class Replacement extends AtomicFile {

        private final FSDataOutputStream upload;
        private boolean isOver;

        Replacement(FSDataOutputStream upload) {
            super(upload);
            this.upload = upload;
        }

        @Override
        public void close() throws IOException {
            if (!isOver) {
                isOver = true;
                super.close();
            }
        }

        @Override
        public void cancel() {
            if (!isOver) {
                isOver = true;
                upload.abort();
            }
        }
    }
}
