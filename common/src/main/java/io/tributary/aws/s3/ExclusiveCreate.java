package io.tributary.aws.s3;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Creates a file that must not exist yet. Of two writers exactly one succeeds. */
@FunctionalInterface
public interface ExclusiveCreate {

    /**
     * Creates the complete file, or nothing.
     *
     * @return false if it exists, whoever created it
     */
    boolean create(Path path, byte[] content) throws IOException;

    /** By a conditional request. */
    static ExclusiveCreate onS3(Configuration hadoop) {
        return (path, content) -> {
            S3Address address = S3Address.of(path);
            S3Objects objects = S3Objects.of(address, hadoop);
            try {
                objects.create(address, content, UUID.randomUUID().toString());
                return true;
            } catch (FileAlreadyExistsException e) {
                return false;
            }
        };
    }

    /** By a hard link to a complete file: a local file system does not create a link where a file exists. */
    static ExclusiveCreate here() {
        return (path, content) -> {
            java.nio.file.Path target = new File(path.toUri().getPath()).toPath();
            Files.createDirectories(target.getParent());
            java.nio.file.Path whole =
                    target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
            try {
                Files.write(whole, content);
                Files.createLink(target, whole);
                return true;
            } catch (FileAlreadyExistsException e) {
                return false;
            } finally {
                Files.deleteIfExists(whole);
            }
        };
    }
}
