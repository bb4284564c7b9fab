package io.tributary.cdk;

import java.nio.file.Path;

/**
 * What is deployed of this project.
 *
 * @param ingest the streaming job's jar
 * @param merge the jar of merge and audit
 * @param script the blank script that Glue wants beside a main class
 * @param queries the page whose queries become Athena's
 */
record Packages(Path ingest, Path merge, Path script, Path queries) {

    /** Those of a built project. */
    static Packages of(Path project, GlueVersion version) {
        String suffix = "-0.1.0-SNAPSHOT-glue-" + version.number() + ".jar";
        return new Packages(
                project.resolve("glue-jobs/target/tributary-ingest" + suffix),
                project.resolve("compaction-job/target/tributary-compaction" + suffix),
                project.resolve("cdk/main.scala"),
                project.resolve("docs/querying.md"));
    }
}
