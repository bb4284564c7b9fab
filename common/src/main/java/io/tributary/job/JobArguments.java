package io.tributary.job;

import io.tributary.cli.ArgumentReader;
import io.tributary.runtime.MetricsDestination;
import io.tributary.runtime.RuntimeOptions;
import java.util.Optional;

/**
 * The arguments that every job has.
 *
 * @param config URI of the pipeline configuration
 * @param lake URI of the lake; absent: {@code tables.location} of the configuration
 * @param metrics where the job's metrics go
 */
public record JobArguments(RuntimeOptions runtime, String config, Optional<String> lake, MetricsDestination metrics) {

    /** Takes them from a job's command line, on which others may stand. */
    public static JobArguments read(ArgumentReader reader) {
        return new JobArguments(
                RuntimeOptions.read(reader),
                reader.required("config", "the URI of the pipeline configuration"),
                reader.optional("lake"),
                reader.optional("metrics", MetricsDestination::parse).orElse(new MetricsDestination.Nowhere()));
    }
}
