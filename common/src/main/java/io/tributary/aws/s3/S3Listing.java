package io.tributary.aws.s3;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import software.amazon.awssdk.core.exception.SdkException;

/** A listing as Hadoop file statuses, with the scheme of the path that was requested. */
final class S3Listing implements Iterator<FileStatus> {

    private static final int REPLICATION = 1;
    private static final long BLOCK_SIZE = 64L << 20;

    private final Path from;
    private final Iterator<S3Objects.Listed> objects;

    private S3Listing(Path from, Iterator<S3Objects.Listed> objects) {
        this.from = from;
        this.objects = objects;
    }

    /**
     * Fetches the first page, so that problems show here. Later pages fail with an UncheckedIOException.
     *
     * @throws FileNotFoundException if the directory is empty
     */
    static Iterator<FileStatus> from(Path from, S3Objects store) throws IOException {
        S3Address address = S3Address.of(from);
        try {
            Iterator<S3Objects.Listed> objects = store.listFrom(address);
            if (!objects.hasNext() && !store.hasParent(address)) {
                throw new FileNotFoundException("No such file or directory: " + from.getParent());
            }
            return new S3Listing(from, objects);
        } catch (SdkException e) {
            throw failure(from, e);
        }
    }

    @Override
    public boolean hasNext() {
        try {
            return objects.hasNext();
        } catch (SdkException e) {
            throw new UncheckedIOException(failure(from, e));
        }
    }

    @Override
    public FileStatus next() {
        S3Objects.Listed listed;
        try {
            listed = objects.next();
        } catch (SdkException e) {
            throw new UncheckedIOException(failure(from, e));
        }
        String key =
                listed.isDirectory() ? listed.key().substring(0, listed.key().length() - 1) : listed.key();
        return new FileStatus(
                listed.size(),
                listed.isDirectory(),
                REPLICATION,
                BLOCK_SIZE,
                listed.modified().toEpochMilli(),
                new Path(from.toUri().getScheme(), from.toUri().getAuthority(), "/" + key));
    }

    private static IOException failure(Path from, SdkException e) {
        return S3Failures.of("listing the directory", "s3:ListBucket", S3Address.of(from), e);
    }
}
