package io.tributary.cdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeploymentArtifactsTest {

    private static final String VERSION = JobArtifact.of(GlueJob.INGEST).version();
    private static final String INGEST = "glue-jobs/target/tributary-ingest-" + VERSION + "-glue-5.1.jar";
    private static final String MERGE = "compaction-job/target/tributary-compaction-" + VERSION + "-glue-5.1.jar";
    private static final String AUDIT = "operations/target/tributary-operations-" + VERSION + "-glue-5.1.jar";
    private static final String INGEST_6 = "glue-jobs/target/glue-6.0/tributary-ingest-" + VERSION + "-glue-6.0.jar";
    private static final String MERGE_6 =
            "compaction-job/target/glue-6.0/tributary-compaction-" + VERSION + "-glue-6.0.jar";
    private static final String AUDIT_6 =
            "operations/target/glue-6.0/tributary-operations-" + VERSION + "-glue-6.0.jar";

    @TempDir
    private Path project;

    @Test
    void eachVersionOfGlueHasItsOwn() throws IOException {
        build(INGEST, MERGE, AUDIT, INGEST_6, MERGE_6, AUDIT_6);

        DeploymentArtifacts five = DeploymentArtifacts.of(project, GlueVersion.V5_1);
        assertThat(five.ingest()).isEqualTo(project.resolve(INGEST));
        assertThat(five.merge()).isEqualTo(project.resolve(MERGE));
        assertThat(five.audit()).isEqualTo(project.resolve(AUDIT));
        DeploymentArtifacts six = DeploymentArtifacts.of(project, GlueVersion.V6_0);
        assertThat(six.ingest()).isEqualTo(project.resolve(INGEST_6));
        assertThat(six.merge()).isEqualTo(project.resolve(MERGE_6));
        assertThat(six.audit()).isEqualTo(project.resolve(AUDIT_6));
    }

    @Test
    void thoseOfAnotherVersionAreNotTaken() throws IOException {
        build(INGEST, MERGE, AUDIT);

        assertThatThrownBy(() -> DeploymentArtifacts.of(project, GlueVersion.V6_0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The stage is for AWS Glue 6.0 (glue_version), and no package is built for that: "
                        + project.resolve(INGEST_6) + " is missing. Run scripts/package 6.0.");
    }

    @Test
    void theVersionIsThatOfTheBuild() throws IOException {
        assertThat(Files.readString(Path.of("..", "pom.xml"))).contains("<version>" + VERSION + "</version>");
    }

    @ParameterizedTest
    @ValueSource(strings = {GlueJob.INGEST, GlueJob.MERGE, GlueJob.AUDIT})
    void eachJobHasAMainClassInAModuleThatIsBuilt(String job) throws IOException {
        JobArtifact artifact = JobArtifact.of(job);

        assertThat(Files.readString(Path.of("..", artifact.module(), "pom.xml")))
                .as("jobs.properties of cdk/ names the artifact of job %s in module %s", job, artifact.module())
                .contains("<artifactId>" + artifact.artifact() + "</artifactId>");
        Path source = Path.of(
                "..", artifact.module(), "src/main/java", artifact.mainClass().replace('.', '/') + ".java");
        assertThat(source)
                .as(
                        "jobs.properties of cdk/ names the main class %s of job %s, and module %s does not have it; correct"
                                + " the name there",
                        artifact.mainClass(), job, artifact.module())
                .exists();
        assertThat(Files.readString(source)).contains("public static void main(String[] ");
    }

    private void build(String... jars) throws IOException {
        for (String jar : jars) {
            Files.createDirectories(project.resolve(jar).getParent());
            Files.createFile(project.resolve(jar));
        }
    }
}
