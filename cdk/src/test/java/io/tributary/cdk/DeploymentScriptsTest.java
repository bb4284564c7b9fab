package io.tributary.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
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
    private static final String LAKE = "tributary-dev-lake-111122223333-eu-central-1";
    private static final String RUNNING = "RUNNING\\tNone";
    private static final String A_VERSION = "{\"Objects\": [{\"Key\": \"a\", \"VersionId\": \"1\"}]}";

    /** How the calls begin that ask for the newest run, for those that can be stopped, and for all that have not ended. */
    private static final String NEWEST = "aws glue get-job-runs*!contains*";

    private static final String STOPPABLE = "aws glue get-job-runs --job-name tributary-dev-%s*\"WAITING\"]*";
    private static final String ACTIVE = "aws glue get-job-runs --job-name tributary-dev-%s*\"STOPPING\"*";

    private static final String ANSWERER = """
            #!/usr/bin/env bash
            here=$(cd "$(dirname "$0")/.." && pwd)
            call="$(basename "$0") $*"
            echo "$call" >>"$here/calls"
            line=0
            while IFS='|' read -r pattern code words times; do
              line=$((line + 1))
              case $call in $pattern)
                used=$(cat "$here/used.$line" 2>/dev/null || echo 0)
                [ "$used" -lt "$times" ] || continue
                echo $((used + 1)) >"$here/used.$line"
                if [ "$code" = 0 ]; then printf '%b\\n' "$words"; else printf '%b\\n' "$words" >&2; fi
                exit "$code" ;;
              esac
            done <"$here/answers"
            """;

    @TempDir
    private Path dir;

    /** Patterns of calls with exit code, words, and how often; the first that fits is taken, else 0 and no words. */
    private final List<String> answers = new ArrayList<>();

    private final Map<String, String> settings = new TreeMap<>(Map.of(
            "account", ACCOUNT,
            "region", "eu-central-1",
            "glue_version", "5.1",
            "keep_data", "false",
            "merged", "events_merged"));

    @BeforeEach
    void layOutAProject() throws IOException {
        for (String command : List.of("bin/aws", "bin/npx", "bin/node", "bin/sleep")) {
            executable(command, ANSWERER);
        }
        for (String command : List.of("scripts/package", "scripts/synth", "scripts/cdk-app")) {
            executable(command, ANSWERER);
        }
        for (String script : List.of("deploy", "destroy", "stage")) {
            executable("scripts/" + script, Files.readString(Path.of("..", "scripts", script)));
        }
    }

    @Test
    void aStageIsDeployedStorageFirstAndItsStreamStarted() throws Exception {
        Run run = run("deploy", "dev", "--yes");

        assertThat(run.output()).contains("stage dev is deployed").doesNotContain("--restart");
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
        settings.put("glue_version", "6.0");

        assertThat(run("deploy", "dev", "--yes").calls()).contains("package 6.0");
    }

    @Test
    void aStageThatIsWrongIsNotAskedAbout() throws Exception {
        answer("cdk-app*", 2, "The stage settings have 1 problem");

        Run run = run("deploy", "dev", "--yes");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.output()).isEqualTo("The stage settings have 1 problem\n");
        assertThat(run.calls()).hasSize(1);
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
        answer("aws sts get-caller-identity*", 0, "999999999999");

        Run run = run(script, "dev");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.output()).contains("You are logged in to account 999999999999, and stage dev is for " + ACCOUNT);
        assertThat(run.calls()).hasSize(2);
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
    void aStreamThatRunsAlreadyGoesOnAndThatIsSaid() throws Exception {
        answer(ACTIVE.formatted("ingest"), 0, "jr_1");
        answer("aws glue start-job-run*", 254, "An error occurred (ConcurrentRunsExceededException)");

        Run run = run("deploy", "dev", "--yes");

        assertThat(run.code()).isZero();
        assertThat(run.output()).contains("goes on with the version that it was started with", "deploy dev --restart");
        assertThat(run.calls()).noneMatch(call -> call.contains("batch-stop-job-run"));
    }

    @Test
    void aStreamIsRestartedWhenToldAndNotBeforeItHasStopped() throws Exception {
        answer(STOPPABLE.formatted("ingest"), 0, "jr_1", 1);
        answer(ACTIVE.formatted("ingest"), 0, "jr_1", 3);

        Run run = run("deploy", "dev", "--yes", "--restart");

        assertThat(run.output()).contains("stage dev is deployed").doesNotContain("was started with");
        assertThat(run.calls())
                .containsSubsequence(
                        cdk("deploy --all --require-approval never"),
                        "aws glue batch-stop-job-run --job-name tributary-dev-ingest --job-run-ids jr_1",
                        "sleep 10",
                        "sleep 10",
                        "aws glue start-job-run --job-name tributary-dev-ingest");
    }

    @Test
    void aStreamThatFailsIsSaid() throws Exception {
        answer(NEWEST, 0, "FAILED\\tThe secret cannot be read");

        Run run = run("deploy", "dev", "--yes");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.output()).contains("the stream does not run: FAILED\tThe secret cannot be read");
    }

    @Test
    void aStreamThatMakesNoTablesIsSaid() throws Exception {
        answer("aws s3api list-objects-v2*", 0, "0");

        Run run = run("deploy", "dev", "--yes");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.output()).contains("has made no tables within 10 minutes");
    }

    @Test
    void theTablesAreLookedForUnderTheirOwnName() throws Exception {
        settings.put("merged", "facts");

        assertThat(run("deploy", "dev", "--yes").calls())
                .anyMatch(call -> call.startsWith(
                        "aws s3api list-objects-v2 --bucket " + LAKE + " --prefix tables/facts/_delta_log/"));
    }

    @Test
    void aLakeThatMayNotBeListedIsNotTakenForOneWithoutTables() throws Exception {
        answer("aws s3api list-objects-v2*", 254, "An error occurred (AccessDenied)");

        Run run = run("deploy", "dev", "--yes");

        assertThat(run.code()).isEqualTo(254);
        assertThat(run.output()).contains("AccessDenied").doesNotContain("no tables");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--with-data", "--i-mean dev", "--with-data --i-mean prod", "--i-mean prod"})
    void aLakeThatHoldsSomethingIsNotRemovedUnlessToldTwice(String options) throws Exception {
        answer("aws s3api list-object-versions*", 0, A_VERSION);

        Run run = run("destroy", ("dev " + options).split(" "));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.output()).contains("is not empty. Nothing was removed.");
        assertThat(run.calls()).noneMatch(DeploymentScriptsTest::removes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aws s3api head-bucket*",
                "aws s3api list-object-versions*",
                "aws cloudformation describe-stacks*"
            })
    void whatMayNotBeAskedForIsNotTakenForAbsentOrEmpty(String question) throws Exception {
        answer(question, 254, "An error occurred (403) when calling the operation: Forbidden");

        Run run = run("destroy", "dev", "--with-data", "--i-mean", "dev");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.output()).contains("(403)");
        assertThat(run.calls()).noneMatch(DeploymentScriptsTest::removes);
    }

    @Test
    void aStageThatKeepsItsDataIsNotRemoved() throws Exception {
        settings.put("keep_data", "true");

        Run run = run("destroy", "dev", "--with-data", "--i-mean", "dev");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.output()).contains("Stage dev keeps its data (keep_data in its stage.yaml)");
        assertThat(run.calls()).noneMatch(DeploymentScriptsTest::removes);
    }

    @Test
    void aStageThatWasDeployedToKeepItsDataIsNotRemovedWhateverItsFileSaysNow() throws Exception {
        answer("aws cloudformation describe-stacks --stack-name tributary-dev-storage*", 0, "True");

        Run run = run("destroy", "dev", "--with-data", "--i-mean", "dev");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.output()).contains("Stage dev keeps its data (it was deployed so)");
        assertThat(run.calls()).noneMatch(DeploymentScriptsTest::removes);
    }

    @Test
    void aStageIsRemovedWhenToldTwiceOnceItsJobsHaveEnded() throws Exception {
        answer("aws s3api list-object-versions --bucket tributary-dev-lake*", 0, A_VERSION, 2);
        answer(STOPPABLE.formatted("merge"), 0, "jr_1\\tjr_2", 1);
        answer(ACTIVE.formatted("merge"), 0, "jr_1", 1);

        Run run = run("destroy", "dev", "--with-data", "--i-mean", "dev");

        assertThat(run.output()).contains("emptying s3://" + LAKE);
        assertThat(run.code()).isZero();
        assertThat(run.calls())
                .containsSubsequence(
                        "synth dev",
                        "aws glue stop-trigger --name tributary-dev-merge",
                        "aws glue batch-stop-job-run --job-name tributary-dev-merge --job-run-ids jr_1",
                        "aws glue batch-stop-job-run --job-name tributary-dev-merge --job-run-ids jr_2",
                        "sleep 10",
                        cdk("destroy --all --force"))
                .filteredOn(call -> call.startsWith("aws s3api delete-objects"))
                .singleElement()
                .asString()
                .contains("--bucket " + LAKE + " --delete file://");
    }

    @Test
    void aBucketThatCannotBeEmptiedEndsTheRemoval() throws Exception {
        answer("aws s3api delete-objects*", 0, "a\\tAccessDenied\\tno");
        answer("aws s3api list-object-versions*", 0, A_VERSION);

        Run run = run("destroy", "dev", "--with-data", "--i-mean", "dev");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.output()).contains("cannot be emptied: a\tAccessDenied\tno");
        assertThat(run.calls()).doesNotContain(cdk("destroy --all --force"));
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
        return Stream.of("delete", "destroy", "stop-").anyMatch(call::contains);
    }

    private static String cdk(String words) {
        return "npx --yes aws-cdk@2.1148.0 " + words + " --app cdk/target/dev";
    }

    private void answer(String call, int code, String words) {
        answer(call, code, words, 1_000_000);
    }

    private void answer(String call, int code, String words, int times) {
        answers.add(String.join("|", call, Integer.toString(code), words, Integer.toString(times)));
    }

    /** What an account says in which everything is as it should be, where the case says nothing else. */
    private void answerAsUsual() {
        answer(
                "cdk-app --print settings --stage dev",
                0,
                settings.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining("\\n")));
        answer("aws sts get-caller-identity*", 0, ACCOUNT);
        answer("aws cloudformation describe-stacks*", 0, "False");
        answer(NEWEST, 0, RUNNING);
        answer("aws s3api list-objects-v2*", 0, "1");
        answer("aws s3api delete-objects*", 0, "None");
    }

    private void executable(String name, String text) throws IOException {
        Path file = dir.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private record Run(int code, String output, List<String> calls) {}

    private Run run(String script, String... arguments) throws Exception {
        answerAsUsual();
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
        return new Run(process.exitValue(), Files.readString(output), Files.readAllLines(dir.resolve("calls")));
    }
}
