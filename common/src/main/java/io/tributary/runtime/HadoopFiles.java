package io.tributary.runtime;

import io.tributary.aws.s3.ConditionalLogStore;
import io.tributary.aws.s3.ExclusiveCreate;
import io.tributary.aws.s3.S3Files;
import io.tributary.error.InvalidInputException;
import io.tributary.error.OperatorActionException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Reads and writes small text files on any Hadoop file system: configuration and files beside the checkpoints. */
public final class HadoopFiles {

    /** Of a file that people write. */
    private static final int MAX_BYTES = 1 << 20;

    /** Of a file that Tributary writes: more than any of them can have, so that only another file is refused. */
    private static final int MAX_OWN_BYTES = 256 << 20;

    private final Configuration hadoop;

    public HadoopFiles(Configuration hadoop) {
        this.hadoop = hadoop;
    }

    /**
     * A file that people write.
     *
     * @throws InvalidInputException if there is no such file, it cannot be read, is too large, or is no text
     */
    public String read(String uri) {
        return read(uri, MAX_BYTES);
    }

    /**
     * A file that Tributary has written itself. It is as large as what it tells of: all partitions of all data centers,
     * or all records of a request.
     *
     * @throws InvalidInputException if there is no such file, it cannot be read, or is no text
     */
    public String readOwn(String uri) {
        return read(uri, MAX_OWN_BYTES);
    }

    private String read(String uri, int maxBytes) {
        Path path = new Path(uri);
        try (InputStream in = fileSystem(path).open(path)) {
            byte[] bytes = in.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw new InvalidInputException("The file " + uri + " is larger than " + maxBytes
                        + " bytes, which no file of settings needs. Name another, or mend what writes it.");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidInputException("The file " + uri + " is not UTF-8. Save it as that.", e);
        } catch (IOException e) {
            throw new InvalidInputException(
                    "The file " + uri + " cannot be read: " + e.getMessage()
                            + ". Name a file that exists and that this job may read.",
                    e);
        }
    }

    public boolean exists(String uri) {
        Path path = new Path(uri);
        try {
            return fileSystem(path).exists(path);
        } catch (IOException e) {
            throw new OperatorActionException("It is unknown whether " + uri + " exists: " + e.getMessage(), e);
        }
    }

    /** Whether there is a file; on S3 for less than {@link #exists}, which finds a folder as well. */
    public boolean isFile(String uri) {
        Path path = new Path(uri);
        try {
            return isOnS3(path)
                    ? new S3Files(hadoop).exists(path)
                    : fileSystem(path).exists(path);
        } catch (IOException e) {
            throw new OperatorActionException("It is unknown whether " + uri + " exists: " + e.getMessage(), e);
        }
    }

    /** The URIs of the files in a folder, sorted; empty if there is no such folder. */
    public List<String> list(String folder) {
        Path path = new Path(folder);
        try {
            return Arrays.stream(fileSystem(path).listStatus(path))
                    .filter(FileStatus::isFile)
                    .map(file -> file.getPath().toString())
                    .sorted()
                    .toList();
        } catch (FileNotFoundException e) {
            return List.of();
        } catch (IOException e) {
            throw new OperatorActionException("The folder " + folder + " cannot be listed: " + e.getMessage(), e);
        }
    }

    /**
     * Creates a file that must not exist yet. Of two writers on S3 exactly one succeeds.
     *
     * @return false if it exists; then it is unchanged
     */
    public boolean createIfAbsent(String uri, String text) {
        Path path = new Path(uri);
        try {
            if (fileSystem(path).getScheme().equals("file")) {
                // Hadoop would show the file before it is whole.
                return ExclusiveCreate.here().create(path, text.getBytes(StandardCharsets.UTF_8));
            }
            if (isOnS3(path)) {
                // Hadoop checks first and then writes, so two writers may both believe that they created the file.
                new ConditionalLogStore(hadoop).write(path, List.of(text).iterator(), false, hadoop);
            } else {
                write(path, text, false);
            }
            return true;
        } catch (FileAlreadyExistsException | java.nio.file.FileAlreadyExistsException e) {
            return false;
        } catch (IOException e) {
            throw new OperatorActionException(
                    "The file " + uri + " cannot be written: " + e.getMessage()
                            + ". Check that this job may write there.",
                    e);
        }
    }

    /** Deletes a file, if it exists. */
    public void delete(String uri) {
        Path path = new Path(uri);
        try {
            fileSystem(path).delete(path, false);
        } catch (IOException e) {
            throw new OperatorActionException(
                    "The file " + uri + " cannot be removed: " + e.getMessage()
                            + ". Check that this job may remove files there.",
                    e);
        }
    }

    /** Writes the file and replaces any earlier content. */
    public void write(String uri, String text) {
        Path path = new Path(uri);
        try {
            write(path, text, true);
        } catch (IOException e) {
            throw new OperatorActionException(
                    "The file " + uri + " cannot be written: " + e.getMessage()
                            + ". Check that this job may write there.",
                    e);
        }
    }

    private void write(Path path, String text, boolean overwrite) throws IOException {
        try (FSDataOutputStream out = fileSystem(path).create(path, overwrite)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Whether a URI is on S3. */
    public static boolean isOnS3(String uri) {
        return isOnS3(new Path(uri));
    }

    private static boolean isOnS3(Path path) {
        return S3Files.isOnS3(path.toUri());
    }

    private FileSystem fileSystem(Path path) throws IOException {
        return path.getFileSystem(hadoop);
    }
}
