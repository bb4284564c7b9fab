package io.tributary.lake.log;

import io.tributary.aws.s3.S3Files;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** How a log's files are reached. They throw FileNotFoundException where there is none. */
sealed interface LogFiles {

    InputStream open(Path file) throws IOException;

    boolean exists(Path file) throws IOException;

    Instant modified(Path file) throws IOException;

    /** The names in a folder. */
    Iterator<String> all(Path folder) throws IOException;

    /** The names in the folder of a file from its own on; empty where they cannot be listed without all before them. */
    Optional<Iterator<String>> from(Path file) throws IOException;

    static LogFiles of(Path log, Configuration hadoop, boolean withChecksums) throws IOException {
        if (S3Files.isOnS3(log.toUri())) {
            return new OnS3(new S3Files(hadoop));
        }
        FileSystem files = log.getFileSystem(hadoop);
        return new InFileSystem(
                !withChecksums && files instanceof LocalFileSystem local ? local.getRawFileSystem() : files);
    }

    /** Past Hadoop, which would ask S3 two or three times for each file. */
    record OnS3(S3Files files) implements LogFiles {

        /** Sorts before all names of a log. */
        private static final String FIRST = "\0";

        @Override
        public InputStream open(Path file) throws IOException {
            return files.open(file);
        }

        @Override
        public boolean exists(Path file) throws IOException {
            return files.exists(file);
        }

        @Override
        public Instant modified(Path file) throws IOException {
            return files.modified(file);
        }

        @Override
        public Iterator<String> all(Path folder) throws IOException {
            return listed(new Path(folder, FIRST));
        }

        @Override
        public Optional<Iterator<String>> from(Path file) throws IOException {
            return Optional.of(listed(file));
        }

        private Iterator<String> listed(Path file) throws IOException {
            Iterator<FileStatus> listed = files.listFrom(file);
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return listed.hasNext();
                }

                @Override
                public String next() {
                    return listed.next().getPath().getName();
                }
            };
        }
    }

    /** On a disk, and wherever else Hadoop can read. */
    record InFileSystem(FileSystem files) implements LogFiles {

        @Override
        public InputStream open(Path file) throws IOException {
            return files.open(file);
        }

        @Override
        public boolean exists(Path file) throws IOException {
            return files.exists(file);
        }

        @Override
        public Instant modified(Path file) throws IOException {
            return Instant.ofEpochMilli(files.getFileStatus(file).getModificationTime());
        }

        @Override
        public Iterator<String> all(Path folder) throws IOException {
            RemoteIterator<FileStatus> listed = files.listStatusIterator(folder);
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    try {
                        return listed.hasNext();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }

                @Override
                public String next() {
                    try {
                        return listed.next().getPath().getName();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            };
        }

        @Override
        public Optional<Iterator<String>> from(Path file) {
            return Optional.empty();
        }
    }
}
