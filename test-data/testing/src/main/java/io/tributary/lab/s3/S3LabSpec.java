package io.tributary.lab.s3;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The endpoint that a process serves.
 *
 * @param dir keeps the bucket's objects; the process's log lies beside it
 * @param port 0 for any free one
 * @param latency what every request takes before it is served
 * @param frontSeed seed of the front that spoils requests; empty if there is to be none
 * @param keepsVersions whether the bucket keeps earlier versions of objects; they end with the process then
 */
public record S3LabSpec(
        Path dir,
        String bucket,
        int port,
        Duration latency,
        OptionalLong frontSeed,
        boolean keepsVersions,
        Duration readyWithin) {

    /** A bucket named {@code lake} on any free port. */
    public static S3LabSpec of(Path dir) {
        return new S3LabSpec(dir, "lake", 0, Duration.ZERO, OptionalLong.empty(), false, Duration.ofSeconds(60));
    }

    /** The same endpoint on a port of choice, for one that takes another's place. */
    public S3LabSpec onPort(int another) {
        return new S3LabSpec(dir, bucket, another, latency, frontSeed, keepsVersions, readyWithin);
    }

    /**
     * The same endpoint with a bucket of another name. Hadoop keeps the file system of a bucket for as long as the process
     * lives, and with it the endpoint, so tests that may share a process name their own.
     */
    public S3LabSpec withBucket(String another) {
        return new S3LabSpec(dir, another, port, latency, frontSeed, keepsVersions, readyWithin);
    }

    /** The same endpoint, but as far away as this. */
    public S3LabSpec withLatency(Duration another) {
        return new S3LabSpec(dir, bucket, port, another, frontSeed, keepsVersions, readyWithin);
    }

    /** The same endpoint with an {@link S3Front} before it. */
    public S3LabSpec withFront(long seed) {
        return new S3LabSpec(dir, bucket, port, latency, OptionalLong.of(seed), keepsVersions, readyWithin);
    }

    /** The same endpoint with a bucket that keeps earlier versions of objects, in memory. */
    public S3LabSpec withVersions() {
        return new S3LabSpec(dir, bucket, port, latency, frontSeed, true, readyWithin);
    }

    Path log() {
        Path place = dir.toAbsolutePath();
        return place.resolveSibling(place.getFileName() + ".log");
    }

    List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of(
                "--dir", dir.toAbsolutePath().toString(),
                "--bucket", bucket,
                "--port", Integer.toString(port),
                "--latency-ms", Long.toString(latency.toMillis()),
                "--versions", Boolean.toString(keepsVersions)));
        frontSeed.ifPresent(seed -> arguments.addAll(List.of("--front-port", "0", "--seed", Long.toString(seed))));
        return arguments;
    }
}
