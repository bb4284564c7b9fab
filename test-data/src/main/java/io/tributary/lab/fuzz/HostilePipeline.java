package io.tributary.lab.fuzz;

import io.tributary.config.PipelineConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The pipeline that hostile records are sent through. */
public final class HostilePipeline {

    private static final String FILE = "pipeline.yaml";

    private HostilePipeline() {}

    /** The configuration as a file of YAML. */
    public static String yaml() {
        try (InputStream in = HostilePipeline.class.getResourceAsStream(FILE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The configuration of runs with hostile records cannot be read", e);
        }
    }

    public static PipelineConfig config() {
        return PipelineConfig.parse(yaml(), "the configuration of runs with hostile records");
    }
}
