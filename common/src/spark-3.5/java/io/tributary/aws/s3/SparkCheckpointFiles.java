package io.tributary.aws.s3;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.execution.streaming.CheckpointFileManager.CancellableFSDataOutputStream;
import org.apache.spark.sql.execution.streaming.FileSystemBasedCheckpointFileManager;

/** Spark's own way with checkpoint files, which lies in another package in each line of Spark. */
abstract class SparkCheckpointFiles extends FileSystemBasedCheckpointFileManager {

    SparkCheckpointFiles(Path path, Configuration hadoop) {
        super(path, hadoop);
    }

    @Override
    public abstract AtomicFile createAtomic(Path path, boolean overwriteIfPossible);

    /** A file that takes the place of what was there, as Spark writes it: in another place first, then renamed. */
    final AtomicFile bySpark(Path path) {
        CancellableFSDataOutputStream file = super.createAtomic(path, true);
        return new AtomicFile(file) {
            @Override
            public void close() throws IOException {
                file.close();
            }

            @Override
            public void cancel() {
                file.cancel();
            }
        };
    }

    /** A file that is there once the stream is closed, and never if it is cancelled. */
    abstract static class AtomicFile extends CancellableFSDataOutputStream {

        AtomicFile(OutputStream content) {
            super(content);
        }
    }
}
