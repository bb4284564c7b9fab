package io.tributary.compaction;

import io.tributary.config.Durations;
import io.tributary.runtime.ArgumentReader;
import io.tributary.runtime.RuntimeKind;
import java.time.Duration;
import java.util.Optional;

/**
 * The merge job's arguments.
 *
 * @param config URI of the pipeline configuration
 * @param lake URI of the lake; absent: {@code tables.location} of the configuration
 * @param repeat absent: merge once and end, as a schedule wants it; else merge again so long after each merge
 */
record MergeArguments(RuntimeKind runtime, String config, Optional<String> lake, Optional<Duration> repeat) {

    static MergeArguments parse(String... arguments) {
        ArgumentReader reader = new ArgumentReader(arguments);
        MergeArguments parsed = new MergeArguments(
                reader.choice("runtime", RuntimeKind.class, RuntimeKind.LOCAL),
                reader.required("config", "the URI of the pipeline configuration"),
                reader.optional("lake"),
                reader.optional("repeat", Durations::parsePositive));
        reader.finish();
        return parsed;
    }
}
