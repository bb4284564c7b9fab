package io.tributary.compaction;

import io.tributary.config.Durations;
import io.tributary.metrics.MetricsPlace;
import io.tributary.runtime.ArgumentReader;
import io.tributary.runtime.RuntimeChoice;
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
        RuntimeChoice runtime, String config, Optional<String> lake, Optional<Duration> repeat, MetricsPlace metrics) {

    /** @throws io.tributary.runtime.InvalidInputException with everything that is wrong with them */
    public static MergeArguments parse(String... arguments) {
        ArgumentReader reader = new ArgumentReader(arguments);
        MergeArguments parsed = new MergeArguments(
                RuntimeChoice.read(reader),
                reader.required("config", "the URI of the pipeline configuration"),
                reader.optional("lake"),
                reader.optional("repeat", Durations::parsePositive),
                reader.optional("metrics", MetricsPlace::parse).orElse(new MetricsPlace.Nowhere()));
        reader.finish();
        return parsed;
    }
}
