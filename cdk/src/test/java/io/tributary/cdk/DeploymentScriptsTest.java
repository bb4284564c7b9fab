package io.tributary.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@code scripts/deploy} and {@code scripts/destroy} decide, by the commands they call and in which order. In the
 * place of AWS's and CDK's commands stands one that writes its call down and answers as the case says; that the true ones
 * take these calls is not held here.
 */
class DeploymentScriptsTest {

    private static final String ACCOUNT = "111122223333";
    private static final String RUNNING = "RUNNING\tNone";

    private static final String ANSWERER = """
            #!/usr/bin/env bash
            here=$(cd "$(dirname "$0")/.." && pwd)
            call="$(basename "$0") $*"
            echo "$call" >>"$here/calls"
            while IFS='|' read -r pattern code words; do
              case $call in $pattern)
                if [ "$code" = 0 ]; then echo "$words"; else echo "$words" >&2; fi
                exit "$code" ;;
              esac
            done <"$here/answers"
            """;

    @TempDir
    private Path dir;

    /** The lines of the answers: a pattern of the call, the exit code, the words. The first that fits is taken. */
    private final List<String> answers = new ArrayList<>();

    @BeforeEach
    void layOutAProject() throws IOException {
        for (String command :
                List.of("bin/aws", "bin/npx", "bin/node", "bin/sleep", "scripts/package", "scripts/synth")) {
            executable(command, ANSWERER);
        }
        for (String script : List.of("deploy", "destroy")) {
            executable("scripts/" + script, Files.readString(Path.of("..", "scripts", script)));
        }
        Path stage = Files.createDirectories(dir.resolve("cdk/stages/dev"));
        for (String file : List.of("stage.yaml", "data-centers.yaml")) {
            Files.copy(Path.of("stages", "dev", file), stage.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.createDirectories(dir.resolve("cdk/target"));
        answer("aws sts get-caller-identity*", 0, ACCOUNT);
        answer("aws glue get-job-runs --job-name tributary-dev-ingest --max-results*", 0, RUNNING);
    }

    @Test
    void aStageIsDeployedStorageFirstAndItsStreamStarted() throws Exception {
        Run run = run("deploy", "dev", "--yes");

        assertThat(run.output()).contains("stage dev is deployed");
        assertThat(run.code()).isZero();
        assertThat(run.calls())
                .containsSubsequence(
                        "package 5.1",
                        "synth dev",
                        cdk("diff"),
                        cdk("deploy tributary-dev-storage --require-approval never"),
                        "aws s3api put-object --bucket tributary-dev-artefacts-111122223333-eu-central-1"
                                + " --key config/data-centers.yaml --if-none-match * --body "
                                + dir.resolve("cdk/stages/dev/data-centers.yaml"),
                        cdk("deploy --all --require-approval never"),
                        "aws glue start-job-run --job-name tributary-dev-ingest");
    }

    @Test
    void whatTheStageSaysOfGluePicksThePackages() throws Exception {
        edit("glue_version: \"5.1\"", "glue_version: \"6.0\"");

        assertThat(run("deploy", "dev", "--yes").calls()).contains("package 6.0");
    }

    @Test
    void nothingIsDeployedWithoutAYes() throws Exception {
        Run run = run("deploy", "dev");

        assertThat(run.code()).isZero();
        assertThat(run.output()).contains("nothing was deployed");
        assertThat(run.calls()).contains(cdk("diff")).noneMatch(call -> call.contains(" deploy "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"deploy", "destroy"})
    void anotherAccountIsLeftAlone(String script) throws Exception {
        answers.clear();
        answer("aws sts get-caller-identity*", 0, "999999999999");

        Run run = run(script, "dev");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.output()).contains("You are logged in to account 999999999999, and stage dev is for " + ACCOUNT);
        assertThat(run.calls()).hasSize(1);
    }

    @Test
    void theDataCentresFileThatIsThereStays() throws Exception {
        answer("aws s3api put-object*", 254, "An error occurred (PreconditionFailed) when calling PutObject");

        Run run = run("deploy", "dev", "--yes");

        assertThat(run.code()).isZero();
        assertThat(run.output()).contains("the data-centres file that is there stays");
    }

    @Test
    void aDataCentresFileThatCannotBePutEndsTheDeployment() throws Exception {
        answer("aws s3api put-object*", 254, "An error occurred (AccessDenied) when calling PutObject");

        Run run = run("deploy", "dev", "--yes");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.output()).contains("AccessDenied");
        assertThat(run.calls()).doesNotContain(cdk("deploy --all --require-approval never"));
    }

    @Test
    void aStreamThatRunsAlreadyGoesOn() throws Exception {
        answer("aws glue start-job-run*", 254, "An error occurred (ConcurrentRunsExceededException)");

        assertThat(run("deploy", "dev", "--yes").code()).isZero();
    }

    @Test
    void aStreamThatFailsIsSaid() throws Exception {
        answers.removeIf(line -> line.endsWith(RUNNING));
        answer("aws glue get-job-runs*", 0, "FAILED\tThe secret cannot be read");

        Run run = run("deploy", "dev", "--yes");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.output()).contains("the stream does not run: FAILED\tThe secret cannot be read");
    }

    @Test
    void aStreamThatMakesNoTablesIsSaid() throws Exception {
        answer("aws s3api head-object*", 254, "An error occurred (404)");

        Run run = run("deploy", "dev", "--yes");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.output()).contains("has made no tables within 10 minutes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev",
                "dev --with-data",
                "dev --i-mean dev",
                "dev --with-data --i-mean prod",
                "dev --i-mean prod"
            })
    void aLakeThatHoldsSomethingIsNotRemovedUnlessToldTwice(String arguments) throws Exception {
        answer("aws s3api list-object-versions*", 0, "1");

        Run run = run("destroy", arguments.split(" "));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.output()).contains("is not empty. Nothing was removed.");
        assertThat(run.calls()).noneMatch(DeploymentScriptsTest::removes);
    }

    @Test
    void aLakeThatMayNotBeAskedForIsNotTakenForEmpty() throws Exception {
        answer(
                "aws s3api head-bucket*",
                254,
                "An error occurred (403) when calling the HeadBucket operation: Forbidden");

        Run run = run("destroy", "dev", "--with-data", "--i-mean", "dev");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.output()).contains("It cannot be told whether", "(403)");
        assertThat(run.calls()).noneMatch(DeploymentScriptsTest::removes);
    }

    @Test
    void aStageThatKeepsItsDataIsNotRemoved() throws Exception {
        edit("keep_data: false", "keep_data: true");
        answer("aws s3api list-object-versions*", 0, "0");

        Run run = run("destroy", "dev", "--with-data", "--i-mean", "dev");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.output()).contains("stage dev keeps its data");
        assertThat(run.calls()).noneMatch(DeploymentScriptsTest::removes);
    }

    @Test
    void aStageIsRemovedWhenToldTwiceItsJobsFirst() throws Exception {
        answer("aws s3api list-object-versions * --max-items 1 *", 0, "1");
        answer("aws s3api list-object-versions*", 0, "{\"Objects\": []}");
        answer("aws glue get-job-runs --job-name tributary-dev-merge*", 0, "jr_1");

        Run run = run("destroy", "dev", "--with-data", "--i-mean", "dev");

        assertThat(run.output()).contains("emptying s3://tributary-dev-lake-111122223333-eu-central-1");
        assertThat(run.code()).isZero();
        assertThat(run.calls())
                .containsSubsequence(
                        "aws glue stop-trigger --name tributary-dev-merge",
                        "aws glue batch-stop-job-run --job-name tributary-dev-merge --job-run-ids jr_1",
                        "synth dev",
                        cdk("destroy --all --force"));
    }

    @Test
    void aStageWithoutALakeIsRemovedAtOnce() throws Exception {
        answer(
                "aws s3api head-bucket*",
                254,
                "An error occurred (404) when calling the HeadBucket operation: Not Found");

        Run run = run("destroy", "dev");

        assertThat(run.code()).isZero();
        assertThat(run.calls())
                .contains(cdk("destroy --all --force"))
                .noneMatch(call -> call.contains("delete-objects"));
    }

    private static boolean removes(String call) {
        return Stream.of("delete", "destroy", "stop").anyMatch(call::contains);
    }

    private String cdk(String words) {
        return "npx --yes aws-cdk@2.1148.0 " + words + " --app " + dir.resolve("cdk/target/dev");
    }

    private void answer(String call, int code, String words) {
        answers.add(call + "|" + code + "|" + words);
    }

    private void edit(String from, String to) throws IOException {
        Path settings = dir.resolve("cdk/stages/dev/stage.yaml");
        String text = Files.readString(settings);
        assertThat(text).contains(from);
        Files.writeString(settings, text.replace(from, to));
    }

    private void executable(String name, String text) throws IOException {
        Path file = dir.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private record Run(int code, String output, List<String> calls) {}

    private Run run(String script, String... arguments) throws Exception {
        Files.write(dir.resolve("answers"), answers);
        Path output = dir.resolve("output");
        List<String> command =
                new ArrayList<>(List.of(dir.resolve("scripts").resolve(script).toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(Files.writeString(dir.resolve("input"), "n\n").toFile());
        builder.environment()
                .merge("PATH", dir.resolve("bin").toString(), (path, bin) -> bin + File.pathSeparator + path);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(1, TimeUnit.MINUTES))
                    .as("the script ends")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        Path calls = dir.resolve("calls");
        return new Run(
                process.exitValue(),
                Files.readString(output),
                Files.exists(calls) ? Files.readAllLines(calls) : List.of());
    }
}
