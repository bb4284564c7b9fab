package io.tributary.cdk;

import io.tributary.error.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What is deployed of this project.
 *
 * @param ingest the streaming job's jar
 * @param merge the jar of merge and audit
 * @param script the blank script that Glue wants beside a main class
 * @param queries the folder of the queries that become Athena's
 */
record DeploymentArtifacts(Path ingest, Path merge, Path script, Path queries) {

    /**
     * Those of a project that is built for a version of Glue.
     *
     * @throws InvalidInputException if it is not
     */
    static DeploymentArtifacts of(Path project, GlueVersion version) {
        return new DeploymentArtifacts(
                built(project, "glue-jobs", "tributary-ingest", version),
                built(project, "compaction-job", "tributary-compaction", version),
                project.resolve("cdk/main.scala"),
                project.resolve("docs/queries"));
    }

    private static Path built(Path project, String module, String name, GlueVersion version) {
        Path jar = project.resolve(module)
                .resolve(version.target())
                .resolve(name + "-0.1.0-SNAPSHOT-glue-" + version.number() + ".jar");
        if (!Files.exists(jar)) {
            throw new InvalidInputException("The stage is for AWS Glue " + version.number()
                    + " (glue_version), and no package is built for that: " + jar + " is missing. Run scripts/package "
                    + version.number() + ".");
        }
        return jar;
    }
}
