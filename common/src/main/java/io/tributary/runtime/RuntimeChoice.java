package io.tributary.runtime;

import java.util.Map;

/**
 * The runtime that a job was asked to open.
 *
 * @param ofGlue the arguments that Glue added to the job's own
 */
public record RuntimeChoice(RuntimeKind kind, Map<String, String> ofGlue) {

    /** The choice of a job that is told nothing. */
    public static final RuntimeChoice LOCAL = new RuntimeChoice(RuntimeKind.LOCAL, Map.of());

    public RuntimeChoice {
        ofGlue = Map.copyOf(ofGlue);
    }

    /** Reads {@code --runtime}. */
    public static RuntimeChoice read(ArgumentReader reader) {
        return new RuntimeChoice(reader.choice("runtime", RuntimeKind.class, RuntimeKind.LOCAL), reader.ofGlue());
    }

    /**
     * Opens the runtime; the caller closes it.
     *
     * @param jobName what the job is called in logs and consoles, where nothing else names it
     * @param shufflePartitions partitions of every shuffle, and so of the streaming state
     */
    public JobRuntime open(String jobName, int shufflePartitions) {
        return switch (kind) {
            case LOCAL -> LocalRuntime.open(jobName, shufflePartitions);
            case GLUE -> GlueRuntime.open(ofGlue, shufflePartitions);
        };
    }
}
