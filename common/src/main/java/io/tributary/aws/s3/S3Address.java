package io.tributary.aws.s3;

import org.apache.hadoop.fs.Path;

/**
 * The location of an object.
 *
 * @param key the object's key, without a leading slash
 */
record S3Address(String bucket, String key) {

    /** @throws IllegalArgumentException if the path names no bucket or no key */
    static S3Address of(Path path) {
        String bucket = path.toUri().getAuthority();
        String key = path.toUri().getPath();
        if (bucket == null || key.length() < 2) {
            throw new IllegalArgumentException(
                    "\"" + path + "\" is not an object on S3; it must read s3://bucket/key or s3a://bucket/key");
        }
        return new S3Address(bucket, key.substring(1));
    }

    /** The key up to and with its last slash; empty at the bucket's root. */
    String parentPrefix() {
        return key.substring(0, key.lastIndexOf('/') + 1);
    }

    @Override
    public String toString() {
        return "s3://" + bucket + "/" + key;
    }
}
