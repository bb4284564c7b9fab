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
 * @param lake where the lake lies; empty for the project's own
 * @param keep whether the lake is continued by later runs
 * @param s3 whether the lake lies in a bucket of an S3 server, which is started, instead of a directory
 */
public record RunOptions(
        Duration duration,
        OptionalInt rate,
        int dataCenters,
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
}
