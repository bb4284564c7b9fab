package io.tributary.runtime;

import io.tributary.aws.cloudwatch.CloudWatchMetrics;
import io.tributary.metrics.Metrics;
import io.tributary.metrics.MetricsFile;
import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a job's metrics go; the value of its argument {@code --metrics}. */
public sealed interface MetricsDestination {

    /** Nowhere. */
    record Nowhere() implements MetricsDestination {

        @Override
        public Metrics open() {
            return Metrics.NONE;
        }

        @Override
        public String toString() {
            return NONE;
        }
    }

    /** A local file to which data points are appended, one a line. */
    record File(Path path) implements MetricsDestination {

        @Override
        public Metrics open() {
            return new MetricsFile(path);
        }

        @Override
        public String toString() {
            return "file:" + path;
        }
    }

    /** CloudWatch. */
    record CloudWatch(String region, String namespace) implements MetricsDestination {

        @Override
        public Metrics open() {
            return CloudWatchMetrics.open(region, namespace);
        }

        @Override
        public String toString() {
            return "cloudwatch://" + region + "/" + namespace;
        }
    }

    String NONE = "none";

    Pattern CLOUD_WATCH = Pattern.compile("cloudwatch://([a-z]{2}(?:-[a-z]+)+-\\d)/([A-Za-z0-9._#/-]{1,255})");

    /** Opens the destination; the caller closes it. */
    Metrics open();

    /**
     * Parses a destination from an argument; its {@link Object#toString} writes it in the same form.
     *
     * @throws IllegalArgumentException if it is not one
     */
    static MetricsDestination parse(String text) {
        if (text.equals(NONE)) {
            return new Nowhere();
        }
        Matcher cloudWatch = CLOUD_WATCH.matcher(text);
        if (cloudWatch.matches()) {
            return new CloudWatch(cloudWatch.group(1), cloudWatch.group(2));
        }
        if (text.matches("file:/.+")) {
            return new File(Path.of(URI.create(text).getPath()));
        }
        throw new IllegalArgumentException(
                "is not a destination for metrics; write none, file:/path or cloudwatch://REGION/NAMESPACE");
    }
}
