package io.tributary.lab.s3.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * What {@link S3Main} is asked to host.
 *
 * @param port 0 for any free one
 * @param latency what every request takes before it is served
 * @param frontPort 0 for any free one; empty if no front is wanted
 * @param seed decides which requests the front spoils if it is to spoil some
 * @param keepsVersions whether the bucket keeps earlier versions; its objects end with the process then
 */
record S3Arguments(
        Path dir, int port, String bucket, Duration latency, OptionalInt frontPort, long seed, boolean keepsVersions) {

    static final String USAGE =
            "Usage: --dir DIR --bucket NAME [--port 0] [--latency-ms 0] [--front-port 0] [--seed 1] [--versions false]";

    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern PORT = Pattern.compile("\\d{1,5}");
    private static final Pattern LATENCY = Pattern.compile("\\d{1,4}");
    private static final Pattern SEED = Pattern.compile("-?\\d{1,18}");
    private static final int HIGHEST_PORT = 65_535;

    /** Throws {@link IllegalArgumentException} whose message names every problem and the usage. */
    static S3Arguments parse(String[] args) {
        List<String> problems = new ArrayList<>();
        String dir = null;
        String bucket = null;
        String port = "0";
        String latency = "0";
        String frontPort = "";
        String seed = "1";
        String versions = "false";
        for (int i = 0; i < args.length; i += 2) {
            String value = i + 1 < args.length ? args[i + 1] : null;
            if (value == null) {
                problems.add(args[i] + " has no value");
                continue;
            }
            switch (args[i]) {
                case "--dir" -> dir = value;
                case "--bucket" -> bucket = value;
                case "--port" -> port = value;
                case "--latency-ms" -> latency = value;
                case "--front-port" -> frontPort = value;
                case "--seed" -> seed = value;
                case "--versions" -> versions = value;
                default -> problems.add(args[i] + " is not an option");
            }
        }
        if (dir == null) {
            problems.add("--dir is missing: the directory that keeps the buckets");
        }
        if (bucket == null) {
            problems.add("--bucket is missing: the bucket to make");
        } else if (!BUCKET.matcher(bucket).matches()) {
            problems.add("--bucket: '" + bucket + "' is not a bucket's name; it must match " + BUCKET);
        }
        requirePort(problems, "--port", port);
        if (!frontPort.isEmpty()) {
            requirePort(problems, "--front-port", frontPort);
        }
        if (!SEED.matcher(seed).matches()) {
            problems.add("--seed: '" + seed + "' is not a whole number of 18 digits at most");
        }
        if (!LATENCY.matcher(latency).matches()) {
            problems.add("--latency-ms: '" + latency + "' is not a number of milliseconds below 10000");
        }
        if (!versions.matches("true|false")) {
            problems.add("--versions: '" + versions + "' is neither true nor false");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems) + "\n" + USAGE);
        }
        return new S3Arguments(
                Path.of(dir),
                Integer.parseInt(port),
                bucket,
                Duration.ofMillis(Long.parseLong(latency)),
                frontPort.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(frontPort)),
                Long.parseLong(seed),
                Boolean.parseBoolean(versions));
    }

    private static void requirePort(List<String> problems, String option, String port) {
        if (!PORT.matcher(port).matches() || Integer.parseInt(port) > HIGHEST_PORT) {
            problems.add(option + ": '" + port + "' is not a port; it must be 0, for any, to " + HIGHEST_PORT);
        }
    }
}
