package io.tributary.cdk;

import io.tributary.error.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * What a job runs, as {@code jobs.properties} of the build names it.
 *
 * @param module the folder of its module
 * @param artifact the artifact id of the module
 * @param version of the build
 */
record JobArtifact(String module, String artifact, String version, String mainClass) {

    private static final String RESOURCE = "jobs.properties";

    /** @param job a name of {@link GlueJob} */
    static JobArtifact of(String job) {
        Properties build = new Properties();
        try (InputStream resource = JobArtifact.class.getResourceAsStream(RESOURCE)) {
            build.load(resource);
        } catch (IOException e) {
            throw new UncheckedIOException("The resource " + RESOURCE + " cannot be read.", e);
        }
        return new JobArtifact(
                value(build, job + ".module"),
                value(build, job + ".artifact"),
                value(build, "version"),
                value(build, job + ".main-class"));
    }

    private static String value(Properties build, String key) {
        return Optional.ofNullable(build.getProperty(key))
                .orElseThrow(() -> new IllegalStateException("The resource " + RESOURCE + " lacks " + key + "."));
    }

    /**
     * The jar that is built for a version of Glue.
     *
     * @throws InvalidInputException if it is not built
     */
    Path jar(Path project, GlueVersion glue) {
        Path jar = project.resolve(module)
                .resolve(glue.target())
                .resolve(artifact + "-" + version + "-glue-" + glue.number() + ".jar");
        if (!Files.exists(jar)) {
            throw new InvalidInputException("The stage is for AWS Glue " + glue.number()
                    + " (glue_version), and no package is built for that: " + jar + " is missing. Run scripts/package "
                    + glue.number() + ".");
        }
        return jar;
    }
}
