package io.tributary.lab.run;

import io.tributary.lab.s3.S3Lab;
import io.tributary.runtime.S3Endpoint;
import java.util.Optional;

/**
 * Where the tables and checkpoints of a run lie.
 *
 * @param uri the lake as the jobs name it
 * @param endpoint the S3 that serves it; empty for a directory
 */
public record LakePlace(String uri, Optional<S3Endpoint> endpoint) {

    private static final String KEY = "tables";

    public static LakePlace in(LakeDirectory directory) {
        return new LakePlace(directory.uri(), Optional.empty());
    }

    public static LakePlace on(S3Lab s3) {
        return new LakePlace(s3.uri(KEY), Optional.of(s3.endpoint()));
    }
}
