package io.tributary.aws.s3;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.Iterator;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * Small files on S3, each at the cost of one request. Hadoop looks at an object before it reads it, and where there is
 * none it lists what might lie below its name, which S3 charges most for.
 */
public final class S3Files {

    private static final Set<String> SCHEMES = Set.of("s3", "s3a");

    private final Configuration hadoop;

    /** @param hadoop with the {@code fs.s3a.*} settings */
    public S3Files(Configuration hadoop) {
        this.hadoop = hadoop;
    }

    /** Whether a place, or a file system, is on S3. */
    public static boolean isOnS3(URI place) {
        return place.getScheme() != null && SCHEMES.contains(place.getScheme());
    }

    /**
     * The content, read whole.
     *
     * @throws FileNotFoundException if there is no such object
     */
    public InputStream open(Path path) throws IOException {
        S3Address at = S3Address.of(path);
        return S3Objects.of(at, hadoop).read(at).asInputStream();
    }

    /** Whether there is such an object; a folder is none. */
    public boolean exists(Path path) throws IOException {
        try {
            modified(path);
            return true;
        } catch (FileNotFoundException e) {
            return false;
        }
    }

    /**
     * When an object was written, in whole seconds.
     *
     * @throws FileNotFoundException if there is no such object
     */
    public Instant modified(Path path) throws IOException {
        S3Address at = S3Address.of(path);
        return S3Objects.of(at, hadoop).modified(at);
    }

    /**
     * The files and folders in the folder of {@code first}, from its name on, sorted; a request for each thousand.
     *
     * @throws FileNotFoundException if the folder is empty
     */
    public Iterator<FileStatus> listFrom(Path first) throws IOException {
        return S3Listing.from(first, S3Objects.of(S3Address.of(first), hadoop));
    }
}
