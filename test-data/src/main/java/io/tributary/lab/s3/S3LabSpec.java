package io.tributary.lab.s3;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The endpoint that a process serves.
 *
 * @param dir keeps the bucket's objects; the process's log lies beside it
 * @param port 0 for any free one
 * @param latency what every request takes before it is served
 */
public record S3LabSpec(Path dir, String bucket, int port, Duration latency, Duration readyWithin) {

    /** A bucket named {@code lake} on any free port. */
    public static S3LabSpec of(Path dir) {
        return new S3LabSpec(dir, "lake", 0, Duration.ZERO, Duration.ofSeconds(60));
    }

    /** The same endpoint on a port of choice, for one that takes another's place. */
    public S3LabSpec onPort(int another) {
        return new S3LabSpec(dir, bucket, another, latency, readyWithin);
    }

    /** The same endpoint, but as far away as this. */
    public S3LabSpec withLatency(Duration another) {
        return new S3LabSpec(dir, bucket, port, another, readyWithin);
    }

    Path log() {
        Path place = dir.toAbsolutePath();
        return place.resolveSibling(place.getFileName() + ".log");
    }

    List<String> arguments() {
        return List.of(
                "--dir", dir.toAbsolutePath().toString(),
                "--bucket", bucket,
                "--port", Integer.toString(port),
                "--latency-ms", Long.toString(latency.toMillis()));
    }
}
