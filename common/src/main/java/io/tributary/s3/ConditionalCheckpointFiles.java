package io.tributary.s3;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;

/**
 * Spark's checkpoint files on S3. What may be written once only, above all the plan of a batch, is put conditionally, so
 * that of two drivers on one checkpoint one plans a batch and the other is told. Spark's own way, to look whether the
 * file is there and then to rename, lets both believe in their own plan.
 *
 * <p>Spark makes it by name, where {@value #SETTING} says so. An object appears whole, so nothing is renamed.
 */
public final class ConditionalCheckpointFiles extends SparkCheckpointFiles {

    public static final String SETTING = "spark.sql.streaming.checkpointFileManagerClass";

    private final Configuration hadoop;

    /** The constructor that Spark calls. */
    public ConditionalCheckpointFiles(Path path, Configuration hadoop) {
        super(path, hadoop);
        this.hadoop = hadoop;
    }

    @Override
    public AtomicFile createAtomic(Path path, boolean overwriteIfPossible) {
        if (!overwriteIfPossible) {
            return new Creation(path, hadoop, new ByteArrayOutputStream());
        }
        try {
            return new Replacement(fs().create(path, true));
        } catch (IOException e) {
            throw new UncheckedIOException("The checkpoint file " + path + " cannot be written", e);
        }
    }

    /** A file that must not be there yet; small, so it is kept until it is whole. */
    private static final class Creation extends AtomicFile {

        private final Path path;
        private final Configuration hadoop;
        private final ByteArrayOutputStream content;
        private boolean isOver;

        Creation(Path path, Configuration hadoop, ByteArrayOutputStream content) {
            super(content);
            this.path = path;
            this.hadoop = hadoop;
            this.content = content;
        }

        @Override
        public void close() throws IOException {
            if (isOver) {
                return;
            }
            isOver = true;
            flush();
            S3Address address = S3Address.of(path);
            S3Objects objects = new S3Objects(S3Clients.of(S3Settings.of(hadoop, address.bucket())));
            try {
                objects.create(address, content.toByteArray(), UUID.randomUUID().toString());
            } catch (java.nio.file.FileAlreadyExistsException e) {
                // Spark knows this one, and takes it for a second query on the checkpoint.
                FileAlreadyExistsException taken = new FileAlreadyExistsException(path + " is there already");
                taken.initCause(e);
                throw taken;
            }
        }

        @Override
        public void cancel() {
            isOver = true;
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
