package io.tributary.lab.run;

import io.tributary.lab.load.LoadSpec.Shares;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a local run is asked for.
 *
 * @param rate records a second; empty if it was not given
 * @param spare how many further clusters have a load and are not in the data-centers file
 * @param closeAfter when the last data center stops sending; empty if it does not
 * @param refused how many records are sent besides whose time the configuration does not read
 * @param lake where the lake lies; empty for the project's own
 * @param keep whether the lake is continued by later runs
 * @param s3 whether the lake lies in a bucket of an S3 server, which is started, instead of a directory
 */
public record RunOptions(
        Duration duration,
        OptionalInt rate,
        int dataCenters,
        int spare,
        Optional<Duration> closeAfter,
        int refused,
        Shares shares,
        long seed,
        Optional<Path> lake,
        boolean keep,
        boolean s3,
        Optional<Path> config,
        Optional<Path> input,
        Optional<Path> report,
        Duration mergeEvery) {

    static final int DEFAULT_RATE = 1_000;

    int recordsPerSecond() {
        return rate.orElse(DEFAULT_RATE);
    }
}
