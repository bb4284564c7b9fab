package io.tributary.operations.erasure;

import io.tributary.aws.s3.ObjectVersions;
import io.tributary.aws.s3.ObjectVersions.Version;
import io.tributary.error.OperatorActionException;
import io.tributary.lake.log.PrefetchingReader;
import io.tributary.runtime.HadoopFiles;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Looks for files that held rows of an erasure, and for the versions that a bucket keeps of them, many at a time. */
final class HeldFiles {

    private final HadoopFiles files;
    private final ObjectVersions versions;

    HeldFiles(Configuration hadoop) {
        this.files = new HadoopFiles(hadoop);
        this.versions = new ObjectVersions(hadoop);
    }

    /**
     * In the order given.
     *
     * @param lake its root
     */
    List<HeldFile> look(List<String> uris, String lake) {
        List<HeldFile> all = new ArrayList<>();
        try (PrefetchingReader threads = PrefetchingReader.of(lake)) {
            threads.read(0, uris.size(), index -> look(uris.get((int) index))).forEachRemaining(all::add);
        }
        return all;
    }

    private HeldFile look(String uri) {
        boolean isThere = files.exists(uri);
        if (!HadoopFiles.isOnS3(uri)) {
            return new HeldFile(uri, isThere, Optional.of(List.of()));
        }
        try {
            List<Version> earlier = versions.of(new Path(uri)).stream()
                    .filter(Version::isEarlier)
                    .toList();
            return new HeldFile(uri, isThere, Optional.of(earlier));
        } catch (AccessDeniedException e) {
            // Whoever asks may not see them.
            return new HeldFile(uri, isThere, Optional.empty());
        } catch (IOException e) {
            throw new OperatorActionException(
                    "What the bucket keeps of erased files is not known: " + e.getMessage(), e);
        }
    }

    /** Deletes the versions that a bucket keeps of files that are gone, and gives their number. */
    int purge(List<HeldFile> held) {
        int deleted = 0;
        for (HeldFile file : held) {
            if (file.isThere()) {
                continue;
            }
            for (Version version : file.earlier().orElse(List.of())) {
                try {
                    versions.delete(new Path(file.uri()), version);
                    deleted++;
                } catch (IOException e) {
                    throw new OperatorActionException(
                            deleted + " versions are deleted, and then: " + e.getMessage(), e);
                }
            }
        }
        return deleted;
    }
}
