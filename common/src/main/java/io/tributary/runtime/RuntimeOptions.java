package io.tributary.runtime;

import io.tributary.cli.ArgumentReader;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The runtime that a job's arguments ask for.
 *
 * @param region the AWS region for calls whose resource names none, such as the catalog; absent: the process's
 * @param ofGlue the arguments that Glue added to the job's own
 */
public record RuntimeOptions(RuntimeKind kind, Optional<String> region, Map<String, String> ofGlue) {

    private static final Pattern REGION = Pattern.compile("[a-z]{2,4}(-[a-z]+)+-\\d");

    /** The system property that the AWS SDK reads first. */
    private static final String REGION_PROPERTY = "aws.region";

    /** The options of a job without arguments. */
    public static final RuntimeOptions LOCAL = new RuntimeOptions(RuntimeKind.LOCAL, Optional.empty(), Map.of());

    public RuntimeOptions {
        ofGlue = Map.copyOf(ofGlue);
    }

    /** Reads {@code --runtime} and {@code --region}. */
    public static RuntimeOptions read(ArgumentReader reader) {
        return new RuntimeOptions(
                reader.choice("runtime", RuntimeKind.class, RuntimeKind.LOCAL),
                reader.optional("region", RuntimeOptions::requireRegion),
                reader.ofGlue());
    }

    /**
     * Opens the runtime. Its region becomes the region of this process, but not of other machines. The caller closes
     * it.
     *
     * @param jobName the job's name in logs and consoles, where nothing else names it
     * @param shufflePartitions partitions of every shuffle, and so of the streaming state
     */
    public JobRuntime open(String jobName, int shufflePartitions) {
        region.ifPresent(name -> System.setProperty(REGION_PROPERTY, name));
        return switch (kind) {
            case LOCAL -> LocalRuntime.open(jobName, shufflePartitions);
            case GLUE -> GlueRuntime.open(ofGlue, shufflePartitions);
        };
    }

    private static String requireRegion(String text) {
        if (!REGION.matcher(text).matches()) {
            throw new IllegalArgumentException("is not an AWS region; write one like eu-central-1");
        }
        return text;
    }
}
