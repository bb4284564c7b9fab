package io.tributary.aws.s3;

import java.util.Optional;

/** An access key from the Hadoop settings. {@code toString} shows no secret. */
record S3Keys(String accessKey, String secretKey, Optional<String> sessionToken) {

    @Override
    public String toString() {
        return "S3Keys[accessKey=" + accessKey + "]";
    }
}
