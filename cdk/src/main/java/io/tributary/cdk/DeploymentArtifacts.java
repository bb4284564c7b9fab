package io.tributary.cdk;

import io.tributary.error.InvalidInputException;
import java.nio.file.Path;

/**
 * The files of this project that are deployed.
 *
 * @param ingest the streaming job's jar
 * @param merge the merge job's jar
 * @param audit the audit's jar
 * @param script the blank script that Glue requires beside a main class
 * @param queries the folder of the queries that become Athena's
 */
record DeploymentArtifacts(Path ingest, Path merge, Path audit, Path script, Path queries) {

    /**
     * Those of a project that is built for a version of Glue.
     *
     * @throws InvalidInputException if it is not
     */
    static DeploymentArtifacts of(Path project, GlueVersion version) {
        return new DeploymentArtifacts(
                JobArtifact.of(GlueJob.INGEST).jar(project, version),
                JobArtifact.of(GlueJob.MERGE).jar(project, version),
                JobArtifact.of(GlueJob.AUDIT).jar(project, version),
                project.resolve("cdk/main.scala"),
                project.resolve("docs/queries"));
    }
}
