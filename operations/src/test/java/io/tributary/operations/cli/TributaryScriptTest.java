package io.tributary.operations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code scripts/tributary} makes of its arguments, in a project of which all other scripts are stubs. */
class TributaryScriptTest {

    private static final String STARTED = """
            #!/usr/bin/env bash
            echo "lake=${TRIBUTARY_LAKE:-} config=${TRIBUTARY_CONFIG:-} data_centers=${TRIBUTARY_DATA_CENTERS:-}"
            echo "region=${AWS_REGION:-} arguments=${*:4}"
            echo "runtime=${TRIBUTARY_RUNTIME:-} secrets=${TRIBUTARY_SECRETS:-} tls=${TRIBUTARY_KAFKA_TLS:-}"
            echo "next=$TRIBUTARY_TYPED;$TRIBUTARY_TYPED_STAGE;$TRIBUTARY_TYPED_LAKE;$TRIBUTARY_TYPED_DATA_CENTERS"
            """;
    private static final String SETTINGS = """
            #!/usr/bin/env bash
            [ "$*" = "--print settings --stage prod" ] || { echo "There is no stage" >&2; exit 2; }
            printf '%s\\n' account=1 region=eu-central-1 lake=s3://lake/tables data_centers=s3://artifacts/dc.yaml \
              secrets='*=arn:aws:secretsmanager:x' kafka_tls=required
            """;

    @TempDir
    private Path project;

    @BeforeEach
    void layOutAProject() throws IOException {
        Files.createDirectories(project.resolve("scripts"));
        script("tributary", Files.readString(Path.of("..", "scripts", "tributary")));
        script("build", "#!/usr/bin/env bash\n");
        script("java", STARTED);
        script("cdk-app", SETTINGS);
    }

    @Test
    void aStageIsItsLakeItsConfigurationAndItsRegion() throws Exception {
        assertThat(run(0, "status", "--stage", "prod", "--json"))
                .startsWith("lake=s3://lake/tables config=" + project + "/cdk/stages/prod/pipeline.yaml"
                        + " data_centers=s3://artifacts/dc.yaml\nregion=eu-central-1 arguments=status --json\n");
        assertThat(run(0, "--stage=prod", "log")).contains("lake=s3://lake/tables", "arguments=log");
        assertThat(run(0, "dc", "list", "--stage", "prod"))
                .contains("runtime=glue secrets=*=arn:aws:secretsmanager:x tls=required\n", ";--stage prod;;\n");
        assertThat(run(0, "dc", "list")).contains("runtime= secrets= tls=\n", ";;;\n");
    }

    @Test
    void aStageThatIsNotThereOrNamedTogetherWithALakeIsRefused() throws Exception {
        assertThat(run(2, "status", "--stage", "mars")).contains("There is no stage");
        assertThat(run(2, "status", "--stage", "prod", "--lake", "x")).contains("name one or the others");
        assertThat(run(2, "status", "--stage")).contains("--stage needs a name");
    }

    @Test
    void withoutAnyTheLakeIsTheOneOfALocalRun() throws Exception {
        assertThat(run(0, "status")).startsWith("lake= config=");

        Files.createDirectories(project.resolve("target/lake"));
        assertThat(run(0, "status")).startsWith("lake=" + project + "/target/lake config=");
        assertThat(run(0, "status", "--lake=x")).startsWith("lake= config=").contains("arguments=status --lake=x");

        Files.createDirectories(project.resolve("target/lake/lab"));
        Files.writeString(project.resolve("target/lake/lab/pipeline.yaml"), "");
        Files.writeString(project.resolve("target/lake/lab/data-centers.yaml"), "");
        assertThat(run(0, "status"))
                .startsWith("lake=" + project + "/target/lake config=" + project + "/target/lake/lab/pipeline.yaml"
                        + " data_centers=" + project + "/target/lake/lab/data-centers.yaml\n");
        assertThat(run(0, "status", "--lake=x")).startsWith("lake= config= data_centers=\n");
        assertThat(run(0, "status", "--stage", "prod"))
                .startsWith("lake=s3://lake/tables")
                .doesNotContain("lab");
    }

    @Test
    void argumentsArePassedOnAsTheyAre() throws Exception {
        assertThat(run(0, "sql", "SELECT 'a  b'", "--", "--stage")).contains("arguments=sql SELECT 'a  b' -- --stage");
    }

    @Test
    void whatToTypeNextNamesWhatWasNamed() throws Exception {
        assertThat(run(0, "dc", "explain", "fra", "--lake", "my lake", "--data-centers=dc.yaml"))
                .contains(
                        "arguments=dc explain fra --lake my lake --data-centers=dc.yaml\n",
                        "next=" + project + "/scripts/tributary;;--lake my\\ lake ;--data-centers=dc.yaml \n");
        assertThat(run(0, "status", "--lake")).contains("arguments=status --lake\n");
    }

    private String run(int code, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("bash", project.resolve("scripts/tributary").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("TRIBUTARY_") || name.startsWith("AWS_"));
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isEqualTo(code);
        return output;
    }

    private void script(String name, String text) throws IOException {
        Path script = project.resolve("scripts").resolve(name);
        Files.writeString(script, text);
        assertThat(script.toFile().setExecutable(true)).isTrue();
    }
}
