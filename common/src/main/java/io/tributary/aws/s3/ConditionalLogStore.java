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
 * Delta's log on S3, safe for any number of writers in any number of processes: a version is written by S3's
 * conditional PUT, so it has exactly one winner, and the others are told.
 *
 * <p>Delta makes it by name: {@code spark.delta.logStore.s3.impl}, {@code spark.delta.logStore.s3a.impl}. S3 is reached
 * as the {@code fs.s3a.*} settings say. Every writer of a table must use a store that commits conditionally.
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
        // Whole, so that a connection lost in the middle is tried again and not a half commit.
        return new LineCloseableIterator(
                new InputStreamReader(objects(address, hadoop).read(address).asInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * Writes the lines.
     *
     * @throws FileAlreadyExistsException if {@code overwrite} is false and the path is taken by another write
     * @throws IOException if S3 refuses or cannot be reached; the file may then still have been written
     */
    @Override
    public void write(Path path, Iterator<String> actions, Boolean overwrite, Configuration hadoop) throws IOException {
        S3Address address = S3Address.of(path);
        S3Objects objects = objects(address, hadoop);
        byte[] content = lines(actions);
        if (overwrite) {
            objects.replace(address, content);
        } else {
            objects.create(address, content, UUID.randomUUID().toString());
        }
    }

    /**
     * The files and folders beside {@code path} from its name on, sorted; pages of a long log are fetched as they are
     * reached.
     */
    @Override
    public Iterator<FileStatus> listFrom(Path path, Configuration hadoop) throws IOException {
        return S3Listing.from(path, objects(S3Address.of(path), hadoop));
    }

    @Override
    public Path resolvePathOnPhysicalStorage(Path path, Configuration hadoop) throws IOException {
        return path.toUri().getAuthority() == null ? path.getFileSystem(hadoop).makeQualified(path) : path;
    }

    /** Never: an object appears whole. */
    @Override
    public Boolean isPartialWriteVisible(Path path, Configuration hadoop) {
        return false;
    }

    private static S3Objects objects(S3Address address, Configuration hadoop) throws IOException {
        return new S3Objects(S3Clients.of(S3Settings.of(hadoop, address.bucket())));
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
