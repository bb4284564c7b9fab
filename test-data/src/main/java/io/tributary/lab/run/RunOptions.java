package io.tributary.lab.run;

import io.tributary.error.InvalidInputException;
import io.tributary.lab.load.LoadSpec.Shares;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
record RunOptions(
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

    static final String HELP = """
            scripts/run-local runs everything on this machine: real Kafka clusters, a load, the two jobs, and an
            evaluator that compares the truth with what SQL shows. Exit code 0 only if the verdict is exact.

              --duration 60s       how long events are sent; also 2m, or 90 for seconds
              --rate 1000          records a second, all data centers together
              --data-centers 3     how many data centers send
              --duplicates 10%     part of the records that repeat an earlier one; also 0.1
              --backdated 5%       part of the events that happened minutes to weeks ago
              --malformed 1%       part of the records that cannot be read
              --seed 1             the same seed sends the same events
              --lake DIR           where the lake lies (target/lake); it stays there for scripts/sql
              --keep               make a lake that later runs with --keep continue
              --s3                 keep tables and checkpoints on an S3 server of the run; scripts/s3 serves them again
              --config FILE        the pipeline configuration
              --input FILE         send a file of JSON lines as it stands instead of generated events
              --report FILE        write the verdict as JSON
              --merge-every 2s     pause between two merges
              --help               this text
            """;

    /** @throws InvalidInputException with everything that is wrong */
    static RunOptions parse(String... arguments) {
        OptionReader reader = new OptionReader("scripts/run-local", List.of("keep", "s3"), arguments);
        Duration duration = reader.value("duration", OptionValues::duration, Duration.ofMinutes(1));
        OptionalInt rate = reader.value(
                "rate", text -> OptionalInt.of(OptionValues.number(text, 1, 1_000_000)), OptionalInt.empty());
        int dataCenters = reader.value("data-centers", text -> OptionValues.number(text, 1, 64), 3);
        double duplicates = reader.value("duplicates", OptionValues::share, 0.10);
        double backdated = reader.value("backdated", OptionValues::share, 0.05);
        double malformed = reader.value("malformed", OptionValues::share, 0.01);
        if (duplicates + malformed > 1) {
            reader.problem("--duplicates and --malformed together are more than all records; make them at most 100%");
        }
        RunOptions options = new RunOptions(
                duration,
                rate,
                dataCenters,
                duplicates + malformed > 1 ? new Shares(0, 0, 0) : new Shares(duplicates, backdated, malformed),
                reader.value("seed", OptionValues::seed, 1L),
                reader.value("lake", OptionValues::path, Optional.empty()),
                reader.flag("keep"),
                reader.flag("s3"),
                reader.value("config", OptionValues::readable, Optional.empty()),
                reader.value("input", OptionValues::readable, Optional.empty()),
                reader.value("report", OptionValues::writable, Optional.empty()),
                reader.value("merge-every", OptionValues::duration, Duration.ofSeconds(2)));
        reader.finish();
        return options;
    }

    static boolean asksForHelp(String... arguments) {
        List<String> words = new ArrayList<>(List.of(arguments));
        return words.contains("--help") || words.contains("-h");
    }
}
