package io.tributary.compaction;

import io.tributary.cli.ArgumentReader;
import io.tributary.config.Durations;
import io.tributary.job.JobArguments;
import java.time.Duration;
import java.util.Optional;

/**
 * The merge job's arguments.
 *
 * @param job those that every job has
 * @param repeat the pause between merges; absent: merge once and end, for use with a schedule
 */
public record MergeArguments(JobArguments job, Optional<Duration> repeat) {

    /** @throws io.tributary.error.InvalidInputException with everything that is wrong with them */
    public static MergeArguments parse(String... arguments) {
        ArgumentReader reader = new ArgumentReader(arguments);
        MergeArguments parsed =
                new MergeArguments(JobArguments.read(reader), reader.optional("repeat", Durations::parsePositive));
        reader.finish();
        return parsed;
    }
}
