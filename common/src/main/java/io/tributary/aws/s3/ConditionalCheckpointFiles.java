package io.tributary.aws.s3;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;

/**
 * Spark's checkpoint files. What may be written once only is created conditionally, so that of two drivers on one
 * checkpoint, and of two attempts at one batch, one has its say and the other is told. Spark's own way, to look whether a
 * file is there and then to rename, or to put a file in the place of another, lets both believe in their own.
 *
 * <pre>
 *  offsets/N, commits/N   created; whoever finds one there is a second query, which Spark knows how to tell
 *  state/…/V.changelog    created; one that is there must say the same, in whatever order, or the task fails
 *  state/…/V.zip          only after this process's own changelog V is the one that is there
 *  all else               put in the place of what was there
 * </pre>
 *
 * A batch may carry other ranges when it is repeated, and a second driver may read what the first could not. Whichever
 * state file came last would else be in force, whatever the lake holds: events that it has too many are dropped as
 * duplicates. As it is, the first attempt that wrote a part of a state has its say, and one that differs goes no further
 * than its state; then the checkpoint is given up.
 *
 * <p>Spark makes it by name, where {@value #SETTING} says so.
 */
public final class ConditionalCheckpointFiles extends SparkCheckpointFiles {

    public static final String SETTING = "spark.sql.streaming.checkpointFileManagerClass";

    private static final Pattern CHANGELOG = Pattern.compile("(\\d+)\\.changelog");
    private static final Pattern SNAPSHOT = Pattern.compile("(\\d+)\\.zip");

    private final ExclusiveCreate creation;
    private final StateChangelogs changelogs;
    private final boolean isOnS3;

    /** Versions of the state, by folder, of which this process's changelog is in force. */
    private final Set<String> ownVersions = ConcurrentHashMap.newKeySet();

    /** The constructor that Spark calls. */
    public ConditionalCheckpointFiles(Path path, Configuration hadoop) {
        super(path, hadoop);
        String scheme = fs().getUri().getScheme();
        this.isOnS3 = "s3".equals(scheme) || "s3a".equals(scheme);
        this.creation = isOnS3 ? ExclusiveCreate.onS3(hadoop) : ExclusiveCreate.here();
        this.changelogs = new StateChangelogs(hadoop);
    }

    @Override
    public AtomicFile createAtomic(Path path, boolean overwriteIfPossible) {
        Matcher changelog = CHANGELOG.matcher(path.getName());
        if (changelog.matches()) {
            return new Changelog(path, version(path, changelog));
        }
        Matcher snapshot = SNAPSHOT.matcher(path.getName());
        if (snapshot.matches() && !ownVersions.contains(version(path, snapshot))) {
            throw new UncheckedIOException(new IOException(
                    path + " is not written, because the changelog of that version is of another attempt"));
        }
        if (!overwriteIfPossible) {
            return new CreatedFile(path);
        }
        return isOnS3 ? replacementOnS3(path) : bySpark(path);
    }

    private static String version(Path path, Matcher name) {
        return path.getParent() + "/" + name.group(1);
    }

    private AtomicFile replacementOnS3(Path path) {
        try {
            return new Replacement(fs().create(path, true));
        } catch (IOException e) {
            throw new UncheckedIOException("The checkpoint file " + path + " cannot be written", e);
        }
    }

    /** A file that is kept until it is whole, and then written at once or not at all. */
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

    /** A file that must not be there yet. */
    private final class CreatedFile extends BufferedFile {

        private final Path path;

        CreatedFile(Path path) {
            super(new ByteArrayOutputStream());
            this.path = path;
        }

        @Override
        void store(byte[] whole) throws IOException {
            if (!creation.create(path, whole)) {
                // Spark knows this one, and takes it for a second query on the checkpoint.
                throw new FileAlreadyExistsException(path + " is there already");
            }
        }
    }

    /** What one batch changed in one part of the state. */
    private final class Changelog extends BufferedFile {

        private final Path path;
        private final String version;
        private Throwable failure;

        Changelog(Path path, String version) {
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
                ownVersions.add(version);
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

    /** A file that takes the place of what was there. */
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
