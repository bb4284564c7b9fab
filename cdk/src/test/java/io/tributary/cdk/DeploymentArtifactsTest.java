package io.tributary.cdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeploymentArtifactsTest {

    private static final String INGEST = "glue-jobs/target/tributary-ingest-0.1.0-SNAPSHOT-glue-5.1.jar";
    private static final String MERGE = "compaction-job/target/tributary-compaction-0.1.0-SNAPSHOT-glue-5.1.jar";
    private static final String INGEST_6 = "glue-jobs/target/glue-6.0/tributary-ingest-0.1.0-SNAPSHOT-glue-6.0.jar";
    private static final String MERGE_6 =
            "compaction-job/target/glue-6.0/tributary-compaction-0.1.0-SNAPSHOT-glue-6.0.jar";

    @TempDir
    private Path project;

    @Test
    void eachVersionOfGlueHasItsOwn() throws IOException {
        build(INGEST, MERGE, INGEST_6, MERGE_6);

        DeploymentArtifacts five = DeploymentArtifacts.of(project, GlueVersion.V5_1);
        assertThat(five.ingest()).isEqualTo(project.resolve(INGEST));
        assertThat(five.merge()).isEqualTo(project.resolve(MERGE));
        DeploymentArtifacts six = DeploymentArtifacts.of(project, GlueVersion.V6_0);
        assertThat(six.ingest()).isEqualTo(project.resolve(INGEST_6));
        assertThat(six.merge()).isEqualTo(project.resolve(MERGE_6));
    }

    @Test
    void thoseOfAnotherVersionAreNotTaken() throws IOException {
        build(INGEST, MERGE);

        assertThatThrownBy(() -> DeploymentArtifacts.of(project, GlueVersion.V6_0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The stage is for AWS Glue 6.0 (glue_version), and no package is built for that: "
                        + project.resolve(INGEST_6) + " is missing. Run scripts/package 6.0.");
    }

    private void build(String... jars) throws IOException {
        for (String jar : jars) {
            Files.createDirectories(project.resolve(jar).getParent());
            Files.createFile(project.resolve(jar));
        }
    }
}
