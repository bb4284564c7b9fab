package io.tributary.compaction;

import io.tributary.cli.ArgumentReader;
import io.tributary.config.Durations;
import io.tributary.runtime.MetricsDestination;
import io.tributary.runtime.RuntimeOptions;
import java.time.Duration;
import java.util.Optional;

/**
 * The merge job's arguments.
 *
 * @param config URI of the pipeline configuration
 * @param lake URI of the lake; absent: {@code tables.location} of the configuration
 * @param repeat absent: merge once and end, as a schedule wants it; else merge again so long after each merge
 * @param metrics where the job's metrics go
 */
public record MergeArguments(
        RuntimeOptions runtime,
        String config,
        Optional<String> lake,
        Optional<Duration> repeat,
        MetricsDestination metrics) {

    /** @throws io.tributary.error.InvalidInputException with everything that is wrong with them */
    public static MergeArguments parse(String... arguments) {
        ArgumentReader reader = new ArgumentReader(arguments);
        MergeArguments parsed = new MergeArguments(
                RuntimeOptions.read(reader),
                reader.required("config", "the URI of the pipeline configuration"),
                reader.optional("lake"),
                reader.optional("repeat", Durations::parsePositive),
                reader.optional("metrics", MetricsDestination::parse).orElse(new MetricsDestination.Nowhere()));
        reader.finish();
        return parsed;
    }
}
