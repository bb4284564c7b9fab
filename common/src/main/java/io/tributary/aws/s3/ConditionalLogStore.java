package io.tributary.aws.s3;

import io.delta.storage.CloseableIterator;
import io.delta.storage.LineCloseableIterator;
import io.delta.storage.LogStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.Iterator;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * Delta's log store for S3, safe for any number of writers in any number of processes. A version is written by a
 * conditional PUT, so exactly one writer succeeds and the others get an error.
 *
 * <p>Delta creates it by name: {@code spark.delta.logStore.s3.impl}, {@code spark.delta.logStore.s3a.impl}. It accesses
 * S3 with the {@code fs.s3a.*} settings. Every writer of a table must use a store that commits conditionally.
 */
public final class ConditionalLogStore extends LogStore {

    /** The constructor that Delta calls. */
    public ConditionalLogStore(Configuration hadoop) {
        super(hadoop);
    }

    /** @throws java.io.FileNotFoundException if there is no such file */
    @Override
    public CloseableIterator<String> read(Path path, Configuration hadoop) throws IOException {
        S3Address address = S3Address.of(path);
        // Read whole, so that a connection lost in the middle causes a retry and not half a commit.
        return new LineCloseableIterator(new InputStreamReader(
                S3Objects.of(address, hadoop).read(address).asInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * Writes the lines.
     *
     * @throws FileAlreadyExistsException if {@code overwrite} is false and another write has created the path
     * @throws IOException if S3 rejects the request or cannot be reached; the file may still have been written
     */
    @Override
    public void write(Path path, Iterator<String> actions, Boolean overwrite, Configuration hadoop) throws IOException {
        S3Address address = S3Address.of(path);
        S3Objects objects = S3Objects.of(address, hadoop);
        byte[] content = lines(actions);
        if (overwrite) {
            objects.replace(address, content);
        } else {
            objects.create(address, content, UUID.randomUUID().toString());
        }
    }

    /**
     * The files and folders in the folder of {@code path}, from its name on, sorted. Pages of a long log are fetched
     * when they are reached.
     */
    @Override
    public Iterator<FileStatus> listFrom(Path path, Configuration hadoop) throws IOException {
        return S3Listing.from(path, S3Objects.of(S3Address.of(path), hadoop));
    }

    @Override
    public Path resolvePathOnPhysicalStorage(Path path, Configuration hadoop) throws IOException {
        return path.toUri().getAuthority() == null ? path.getFileSystem(hadoop).makeQualified(path) : path;
    }

    /** False: an object becomes visible only when it is complete. */
    @Override
    public Boolean isPartialWriteVisible(Path path, Configuration hadoop) {
        return false;
    }

    private static byte[] lines(Iterator<String> actions) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        while (actions.hasNext()) {
            content.writeBytes(actions.next().getBytes(StandardCharsets.UTF_8));
            content.write('\n');
        }
        return content.toByteArray();
    }
}
