package io.tributary.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.metrics.Metric;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
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
    private static final String BUSY = "An error occurred (ConcurrentRunsExceededException)";
    private static final String STARTS = "aws glue start-job-run --job-name tributary-dev-ingest";
    private static final String A_VERSION = "{\"Objects\": [{\"Key\": \"a\", \"VersionId\": \"1\"}]}";

    /** The calls that ask for runs that can be stopped, for all that have not ended, for one, and for a sign of life. */
    private static final String LIVE = "aws glue get-job-runs --job-name tributary-dev-%s*\"WAITING\"]*";

    private static final String ACTIVE = "aws glue get-job-runs --job-name tributary-dev-%s*\"STOPPING\"*";
    private static final String FOLLOWED = "aws glue get-job-run --job-name tributary-dev-ingest --run-id %s *";
    private static final String SIGN = "aws cloudwatch get-metric-statistics *";
    private static final String TRIGGER = "aws glue get-trigger --name tributary-dev-%s *";
    private static final String SCHEDULE = "aws scheduler get-schedule --name tributary-dev-ingest --query State *";
    private static final String DEFINITION =
            "aws scheduler get-schedule --name tributary-dev-ingest --output json *'%s'*";
    private static final String NOT_THERE = "An error occurred (ResourceNotFoundException)";

    /** How a call ends that is about a bucket: one of another account, under a name that was to be had, is not taken. */
    private static final String OWNER = " --expected-bucket-owner " + ACCOUNT;

    /** How a call ends that stops a run. */
    private static final String ERRORS = " --output text --query Errors[0].ErrorDetail.ErrorMessage";

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

    /** What whoever runs the script types. */
    private String input = "n\n";

    private final Map<String, String> settings = new TreeMap<>(Map.of(
            "account", ACCOUNT,
            "region", "eu-central-1",
            "glue_version", "5.1",
            "keep_data", "false"));

    @BeforeEach
    void layOutAProject() throws IOException {
        for (String command : List.of("bin/aws", "bin/npx", "bin/node", "bin/sleep")) {
            executable(command, ANSWERER);
        }
        for (String command : List.of("scripts/package", "scripts/synth", "scripts/cdk-app")) {
            executable(command, ANSWERER);
        }
        for (String script : List.of("deploy", "destroy", "stop", "stage")) {
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
                        "aws s3api put-object --bucket tributary-dev-artifacts-111122223333-eu-central-1"
                                + " --key config/data-centers.yaml --if-none-match * --body "
                                + dir.resolve("cdk/stages/dev/data-centers.yaml") + OWNER,
                        cdk("deploy --all --require-approval never"),
                        STARTS + " --query JobRunId --output text")
                .noneMatch(call -> call.contains("start-trigger") || call.contains("update-schedule"));
    }

    @Test
    void aDifferenceThatCannotBeShownEndsTheDeploymentBeforeItBegins() throws Exception {
        answer(cdk("diff"), 1, "The security token has expired");

        Run run = run("deploy", "dev", "--yes");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.output()).contains("has expired");
        assertThat(run.calls()).noneMatch(call -> call.contains(" deploy "));
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

    @Test
    void nobodyWhoCouldAnswerIsNoSuccess() throws Exception {
        input = "";

        Run run = run("deploy", "dev");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.output()).contains("nobody answered", "--yes");
        assertThat(run.calls()).noneMatch(call -> call.contains(" deploy "));
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
    void theDataCentresFileThatIsInForceIsHeldAgainstTheStageAndStays() throws Exception {
        answer("aws s3api get-object*", 0, "");

        Run run = run("deploy", "dev", "--yes");

        Path inForce = dir.resolve("cdk/target/data-centers-dev.yaml");
        assertThat(run.code()).isZero();
        assertThat(run.output()).contains("the data-centers file that is there stays");
        assertThat(run.calls())
                .containsSubsequence(
                        "aws s3api get-object --bucket tributary-dev-artifacts-111122223333-eu-central-1"
                                + " --key config/data-centers.yaml " + inForce + OWNER,
                        "synth --data-centers " + inForce + " dev",
                        cdk("deploy tributary-dev-storage --require-approval never"))
                .noneMatch(call -> call.contains("put-object"));
    }

    @Test
    void aDataCentresFileThatMayNotBeReadIsNotTakenForNone() throws Exception {
        answer("aws s3api get-object*", 254, "An error occurred (AccessDenied) when calling GetObject");

        Run run = run("deploy", "dev", "--yes");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.output()).contains("AccessDenied");
        assertThat(run.calls()).noneMatch(call -> call.startsWith("npx"));
    }

    @Test
    void aDataCentresFileThatCameMeanwhileStays() throws Exception {
        answer("aws s3api put-object*", 254, "An error occurred (PreconditionFailed) when calling PutObject");

        Run run = run("deploy", "dev", "--yes");

        assertThat(run.code()).isZero();
        assertThat(run.output()).contains("the data-centers file that is there stays");
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
    void whatWasSwitchedOffIsSwitchedOnAgain() throws Exception {
        answer(SCHEDULE, 0, "DISABLED");
        answer(DEFINITION.formatted("ENABLED"), 0, "{on}");
        answer(TRIGGER.formatted("audit"), 0, "CREATED");

        Run run = run("deploy", "dev", "--yes");

        assertThat(run.output())
                .contains("switching the schedule of tributary-dev-ingest on", "tributary-dev-audit on");
        assertThat(run.calls())
                .containsSubsequence(
                        cdk("deploy --all --require-approval never"),
                        "aws scheduler update-schedule --cli-input-json {on}",
                        "aws glue start-trigger --name tributary-dev-audit")
                .doesNotContain("aws glue start-trigger --name tributary-dev-merge");
    }

    @ParameterizedTest
    @ValueSource(strings = {"deploy dev --yes", "destroy dev"})
    void aScheduleThatMayNotBeAskedForEndsAScript(String command) throws Exception {
        answer(SCHEDULE, 254, "An error occurred (AccessDenied)");

        Run run = run(command);

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.output()).contains("AccessDenied");
    }

    @Test
    void aStreamThatRunsAlreadyGoesOnAndThatIsSaid() throws Exception {
        answer(LIVE.formatted("ingest"), 0, "jr_1");
        answer(STARTS + "*", 254, BUSY);

        Run run = run("deploy", "dev", "--yes");

        assertThat(run.code()).isZero();
        assertThat(run.output()).contains("goes on with the version that it was started with", "deploy dev --restart");
        assertThat(run.calls())
                .anyMatch(call -> call.contains("--run-id jr_1 "))
                .noneMatch(call -> call.contains("batch-stop-job-run"));
    }

    @Test
    void aStreamIsRestartedWhenToldAndNotBeforeItHasStopped() throws Exception {
        answer(LIVE.formatted("ingest"), 0, "jr_1", 2);
        answer(ACTIVE.formatted("ingest"), 0, "jr_1", 2);

        Run run = run("deploy", "dev", "--yes", "--restart");

        assertThat(run.output()).contains("stage dev is deployed").doesNotContain("was started with");
        assertThat(run.calls())
                .containsSubsequence(
                        cdk("deploy --all --require-approval never"),
                        "aws glue batch-stop-job-run --job-name tributary-dev-ingest --job-run-ids jr_1" + ERRORS,
                        "sleep 10",
                        "sleep 10",
                        STARTS + " --query JobRunId --output text");
    }

    @Test
    void aRunThatAwsDoesNotStopIsNamedWithWhatAwsSays() throws Exception {
        answer(LIVE.formatted("ingest"), 0, "jr_1");
        answer(ACTIVE.formatted("ingest"), 0, "jr_1");
        answer("aws glue batch-stop-job-run*", 0, "It is held");

        Run run = run("deploy", "dev", "--yes", "--restart");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.output())
                .contains(
                        "tributary-dev-ingest did not stop within 10 minutes: jr_1. AWS did not stop jr_1: It is held.");
        assertThat(run.calls()).noneMatch(call -> call.startsWith(STARTS));
    }

    @Test
    void aRunThatGlueStillCountsAlthoughItHasEndedIsWaitedFor() throws Exception {
        answer(STARTS + "*", 254, BUSY, 3);

        Run run = run("deploy", "dev", "--yes");

        assertThat(run.code()).isZero();
        assertThat(run.output()).doesNotContain("was started with");
        assertThat(run.calls()).filteredOn(call -> call.startsWith(STARTS)).hasSize(4);
    }

    @Test
    void aStreamThatCannotBeStartedIsSaid() throws Exception {
        answer(STARTS + "*", 254, BUSY);

        Run run = run("deploy", "dev", "--yes");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.output()).contains("could not be started within 2 minutes", BUSY);
    }

    @Test
    void aStartThatIsRefusedEndsTheDeployment() throws Exception {
        answer(STARTS + "*", 254, "An error occurred (AccessDenied)");

        Run run = run("deploy", "dev", "--yes");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.output()).contains("AccessDenied").doesNotContain("is deployed");
    }

    @Test
    void amongPagesOfFailedRunsTheOneThatRunsIsFollowed() throws Exception {
        answer(STARTS + "*", 254, BUSY);
        answer(LIVE.formatted("ingest"), 0, "None\\njr_9\\nNone\\njr_1\\nNone");

        Run run = run("deploy", "dev", "--yes");

        assertThat(run.calls())
                .anyMatch(call -> call.contains("--run-id jr_1 "))
                .noneMatch(call -> call.contains("--run-id jr_9 "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"FAILED\\tThe secret cannot be read", "STOPPED\\tNone", "SUCCEEDED\\tNone", "ERROR\\tNone"})
    void aStreamThatEndsIsSaidAlsoIfItRanForAWhile(String end) throws Exception {
        answer(SIGN, 0, "None");
        answer(FOLLOWED.formatted("jr_new"), 0, "STARTING\\tNone", 1);
        answer(FOLLOWED.formatted("jr_new"), 0, RUNNING, 2);
        answer(FOLLOWED.formatted("jr_new"), 0, end);

        Run run = run("deploy", "dev", "--yes");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.output())
                .contains("the stream ended, run jr_new: " + end.replace("\\t", "\t"))
                .doesNotContain("is deployed");
    }

    @Test
    void aStreamThatSaysNothingOfItselfIsNoSuccess() throws Exception {
        answer(SIGN, 0, "None");

        Run run = run("deploy", "dev", "--yes");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.output()).contains("has said nothing of itself within 20 minutes");
    }

    @Test
    void theSignOfLifeIsTheJobsOwnAndYoungerThanTheStart() throws Exception {
        executable("bin/date", ANSWERER);
        Instant started = Instant.parse("2026-01-31T08:00:30Z");
        answer("date +%s", 0, Long.toString(started.getEpochSecond()));
        answer(STARTS + "*", 254, BUSY, 3);

        Run run = run("deploy", "dev", "--yes");

        assertThat(run.calls().indexOf("date +%s"))
                .isGreaterThan(run.calls().lastIndexOf(STARTS + " --query JobRunId --output text"));
        assertThat(run.calls())
                .filteredOn(call -> call.startsWith("aws cloudwatch"))
                .singleElement()
                .satisfies(call -> {
                    assertThat(call)
                            .contains(" --namespace " + new ResourceNames("dev", ACCOUNT, "eu-central-1").metrics()
                                    + " ");
                    assertThat(call).contains(" --metric-name " + Metric.UNREACHABLE.title() + " ");
                    long since = Long.parseLong(call.replaceFirst(".* --start-time (\\d+) .*", "$1"));
                    // CloudWatch rounds it down to its minute, in which nothing of before may lie.
                    assertThat(Instant.ofEpochSecond(since).truncatedTo(ChronoUnit.MINUTES))
                            .isAfterOrEqualTo(started);
                });
    }

    @Test
    void dataCentersThatDoNotAnswerAreCounted() throws Exception {
        answer(SIGN, 0, "2.0");

        Run run = run("deploy", "dev", "--yes");

        assertThat(run.code()).isZero();
        assertThat(run.output()).contains("Data centers that do not answer it: 2.");
    }

    @Test
    void aSignThatMayNotBeLookedForIsNotTakenForNone() throws Exception {
        answer(SIGN, 254, "An error occurred (AccessDenied)");

        Run run = run("deploy", "dev", "--yes");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.output())
                .contains("its stream was started, run jr_new; whether it works cannot be asked", "AccessDenied")
                .doesNotContain("the stream runs");
    }

    @Test
    void aQuestionThatAwsRefusesOnceIsAskedAgain() throws Exception {
        answer(FOLLOWED.formatted("jr_new"), 254, "An error occurred (Throttling)", 2);
        answer(SIGN, 0, "None", 1);
        answer(SIGN, 254, "An error occurred (Throttling)", 2);

        assertThat(run("deploy", "dev", "--yes").code()).isZero();
    }

    @Test
    void aSignWhileTheRunIsOnlyStartingIsOfAnother() throws Exception {
        answer(FOLLOWED.formatted("jr_new"), 0, "STARTING\\tNone", 2);

        Run run = run("deploy", "dev", "--yes");

        assertThat(run.code()).isZero();
        assertThat(run.calls())
                .filteredOn(call -> call.contains("get-job-run "))
                .hasSize(3);
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
        answer(
                "aws cloudformation describe-stacks --stack-name tributary-dev-storage*",
                0,
                "True\\tUPDATE_ROLLBACK_COMPLETE");

        Run run = run("destroy", "dev", "--with-data", "--i-mean", "dev");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.output()).contains("Stage dev keeps its data (it was deployed so)");
        assertThat(run.calls()).noneMatch(DeploymentScriptsTest::removes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"True\\tREVIEW_IN_PROGRESS", "True\\tROLLBACK_COMPLETE"})
    void aStackThatWasNeverMadeKeepsNothingAndOwnsNoLake(String stack) throws Exception {
        answer("aws cloudformation describe-stacks*", 0, stack);

        Run run = run("destroy", "dev", "--with-data", "--i-mean", "dev");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.output()).contains("a stage that kept its data has", "left it. Nothing was removed.");
        assertThat(run.calls()).noneMatch(DeploymentScriptsTest::removes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deploy dev --yes", "destroy dev"})
    void whatAFailedFirstDeploymentLeftIsUnprotectedBeforeItIsReplacedOrRemoved(String command) throws Exception {
        answer("aws cloudformation list-stacks*", 0, "tributary-dev-jobs\\ntributary-dev-athena");
        answer("aws cloudformation describe-stacks*", 0, "True\\tROLLBACK_FAILED");

        Run run = run(command);

        assertThat(run.code()).isZero();
        assertThat(run.output()).contains("the stack tributary-dev-jobs failed when it was first deployed");
        String unprotect = "aws cloudformation update-termination-protection --no-enable-termination-protection"
                + " --stack-name tributary-dev-";
        assertThat(run.calls())
                .containsSubsequence(
                        unprotect + "jobs",
                        unprotect + "athena",
                        command.startsWith("deploy")
                                ? cdk("deploy tributary-dev-storage --require-approval never")
                                : cdk("destroy --all --force"));
    }

    @Test
    void aRemovalThatIsInterruptedSaysWhichSchedulesAreOff() throws Exception {
        // In the place of the wait for a run, whoever waits is told to end. Other signals may be ignored where tests
        // run.
        executable("bin/sleep", "#!/usr/bin/env bash\nkill -TERM $PPID\n");
        answer(ACTIVE.formatted("ingest"), 0, "jr_1");

        Run run = run("destroy", "dev");

        assertThat(run.code()).isEqualTo(143);
        assertThat(run.output()).contains("off: tributary-dev-ingest tributary-dev-merge tributary-dev-audit.");
    }

    @Test
    void aLakeThatAStageLeftIsNotRemoved() throws Exception {
        answer(
                "aws cloudformation describe-stacks*",
                254,
                "An error occurred (ValidationError): Stack with id tributary-dev-storage does not exist");

        Run run = run("destroy", "dev", "--with-data", "--i-mean", "dev");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.output())
                .contains("s3://" + LAKE + " is there and the stack tributary-dev-storage that it would be of is not");
        assertThat(run.calls()).noneMatch(DeploymentScriptsTest::removes);
    }

    @Test
    void whatAJobWritesToAnEmptyLakeBeforeItEndsIsNotLost() throws Exception {
        answer("aws s3api list-object-versions --bucket tributary-dev-lake*", 0, "null", 1);
        answer("aws s3api list-object-versions --bucket tributary-dev-lake*", 0, A_VERSION);

        Run run = run("destroy", "dev");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.output())
                .contains("is not empty. Nothing was removed.")
                .contains("off: tributary-dev-ingest tributary-dev-merge tributary-dev-audit.", "scripts/deploy dev");
        assertThat(run.calls())
                .contains("aws glue stop-trigger --name tributary-dev-merge")
                .noneMatch(call -> call.contains("delete-objects") || call.contains(" destroy "));
    }

    @Test
    void aRemovalThatEndsEarlySaysWhichSchedulesAreOffAndStopsNoneTwice() throws Exception {
        answer(SCHEDULE, 0, "DISABLED");
        answer(TRIGGER.formatted("audit"), 254, "An error occurred (EntityNotFoundException)");
        answer(ACTIVE.formatted("merge"), 0, "jr_1");

        Run run = run("destroy", "dev");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.output()).contains("off: tributary-dev-ingest tributary-dev-merge.");
        assertThat(run.calls())
                .filteredOn(call -> call.contains("stop-trigger"))
                .hasSize(1);
    }

    @Test
    void aStageIsRemovedWhenToldTwiceOnceItsJobsHaveEnded() throws Exception {
        answer("aws s3api list-object-versions --bucket tributary-dev-lake*", 0, A_VERSION, 2);
        answer(LIVE.formatted("merge"), 0, "jr_1\\tjr_2", 1);
        answer(ACTIVE.formatted("merge"), 0, "jr_1", 1);

        Run run = run("destroy", "dev", "--with-data", "--i-mean", "dev");

        assertThat(run.output()).contains("emptying s3://" + LAKE);
        assertThat(run.code()).isZero();
        assertThat(run.calls())
                .containsSubsequence(
                        "synth dev",
                        "aws glue stop-trigger --name tributary-dev-merge",
                        "aws glue batch-stop-job-run --job-name tributary-dev-merge --job-run-ids jr_1" + ERRORS,
                        "aws glue batch-stop-job-run --job-name tributary-dev-merge --job-run-ids jr_2" + ERRORS,
                        "sleep 10",
                        cdk("destroy --all --force"))
                .filteredOn(call -> call.startsWith("aws s3api delete-objects"))
                .singleElement()
                .asString()
                .contains("--bucket " + LAKE + " --delete file://");
    }

    @Test
    void aRemovalThatHasBegunIsNotToBeUndone() throws Exception {
        answer(cdk("destroy --all --force"), 1, "The bucket is not empty");

        Run run = run("destroy", "dev");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.output())
                .contains("The removal of stage dev has begun and is not at its end. Run this again.")
                .doesNotContain("scripts/deploy");
    }

    @Test
    void aStageIsStoppedWithItsSchedulesAndItsRuns() throws Exception {
        answer(LIVE.formatted("ingest"), 0, "jr_1", 1);
        answer(ACTIVE.formatted("ingest"), 0, "jr_1", 2);

        Run run = run("stop dev");

        assertThat(run.code()).isZero();
        assertThat(run.output()).contains("stage dev stands still; scripts/deploy dev lets it go on");
        assertThat(run.calls())
                .containsSubsequence(
                        "aws scheduler update-schedule --cli-input-json {off}",
                        "aws glue stop-trigger --name tributary-dev-merge",
                        "aws glue stop-trigger --name tributary-dev-audit",
                        "aws glue batch-stop-job-run --job-name tributary-dev-ingest --job-run-ids jr_1" + ERRORS,
                        "sleep 10",
                        "sleep 10");
    }

    @Test
    void aStageOfWhichNothingIsThereIsNotSaidToStandStill() throws Exception {
        answer(SCHEDULE, 254, NOT_THERE);
        answer(TRIGGER.formatted("*"), 254, "An error occurred (EntityNotFoundException)");

        Run run = run("stop dev");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.output()).contains("No job of stage dev was found").doesNotContain("stands still");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev/", "../stages/dev", "Dev", "dev-2", "$(touch x)"})
    void whatIsNoNameOfAStageIsRefusedBeforeAnythingIsAsked(String stage) throws Exception {
        for (String script : List.of("stop", "deploy", "destroy")) {
            Run run = run(script, stage);

            assertThat(run.code()).isEqualTo(2);
            assertThat(run.output()).contains("is no stage's name; write the name of a folder of cdk/stages alone");
            assertThat(run.calls()).isEmpty();
        }
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
        return "npx --yes aws-cdk@2.1148.0 " + words + " --app cdk/target/stages/dev";
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
        answer("aws cloudformation describe-stacks*", 0, "False\\tCREATE_COMPLETE");
        answer(TRIGGER.formatted("*"), 0, "ACTIVATED");
        answer(SCHEDULE, 0, "ENABLED");
        answer(DEFINITION.formatted("DISABLED"), 0, "{off}");
        answer(STARTS + "*", 0, "jr_new");
        answer(FOLLOWED.formatted("*"), 0, RUNNING);
        answer("aws glue batch-stop-job-run*", 0, "None");
        answer("aws s3api get-object*", 254, "An error occurred (NoSuchKey) when calling GetObject");
        answer(SIGN, 0, "0.0");
        answer("aws s3api delete-objects*", 0, "None");
    }

    private void executable(String name, String text) throws IOException {
        Path file = dir.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private List<String> calls() throws IOException {
        Path calls = dir.resolve("calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    private record Run(int code, String output, List<String> calls) {}

    /** @param command a script and its arguments, with blanks between them */
    private Run run(String command) throws Exception {
        String[] words = command.split(" ", -1);
        return run(words[0], Arrays.copyOfRange(words, 1, words.length));
    }

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
                .redirectInput(Files.writeString(dir.resolve("input"), input).toFile());
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
        return new Run(process.exitValue(), Files.readString(output), calls());
    }
}
