package io.tributary.lab.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.lab.evaluate.Differences;
import io.tributary.lab.evaluate.Examples;
import io.tributary.lab.evaluate.Exempt;
import io.tributary.lab.evaluate.Freshness;
import io.tributary.lab.evaluate.LakeWork;
import io.tributary.lab.evaluate.Report;
import io.tributary.lab.profile.Profile;
import io.tributary.lab.profile.ProfileFault;
import io.tributary.lab.profile.Targets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class LoadTestResultTest {

    private static final Targets NOTHING = new Targets(
            Optional.empty(), false, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    private static final ProfileFault FROZEN = new ProfileFault(
            ProfileFault.Kind.CLUSTER_FROZEN, Duration.ofSeconds(10), Duration.ofSeconds(4), Optional.of("dc2"));

    private Targets targets = NOTHING;
    private List<ProfileFault> faults = List.of();
    private LongUnaryOperator latency = due -> 4_000;
    private long late = 1;
    private long lateInTheSecond = 1;
    private Profile shape = GeneratedRun.profile(100);
    private boolean isExact = true;
    private boolean isBalanced = true;

    @Test
    void whatIsExactBalancedAndOnTimeHasFigures() {
        targets = new Targets(
                Optional.of(Duration.ofSeconds(60)),
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(100.0));
        LoadTestResult result = result();

        assertThat(result.isGood()).isTrue();
        assertThat(result.isValid()).isTrue();
        assertThat(result.tree().at("/verdict/status").asText()).isEqualTo("pass");
        assertThat(statuses(result.tree())).containsExactly("O2 pass", "O13 pass", "O1 pass", "O7 pass", "O10 pass");
        // Both jobs used 6 s of CPU for 100,000 records.
        assertThat(objective(result.tree(), "O10").get("result").asText()).isEqualTo("60 CPU-s a million records");
        assertThat(result.tree().at("/pipeline/freshness/due_on_time/count").asInt())
                .isEqualTo(2 * 150);
        assertThat(result.tree().at("/series/curves/due_on_time").size()).isPositive();
        assertThat(result.text()).contains("O1   pass").contains("4.0 s, target at most 60 s");
    }

    @Test
    void noFigureIsToldOfARunThatIsNotExactOrNotBalanced() {
        isExact = false;
        assertThatNoFigureIsTold(result(), "not correct", "Not correct: nothing lost");
        isExact = true;
        isBalanced = false;
        assertThatNoFigureIsTold(result(), "not correct", "Not correct: what was read is accounted for");
        assertThat(result().isGood()).isFalse();
        assertThat(result().isValid()).isTrue();
    }

    @Test
    void aRunWhoseGeneratorWasLateIsVoid() {
        late = 150;
        LoadTestResult result = result();

        assertThatNoFigureIsTold(
                result, "void", "Void: the generator was late in phase 2. No figure of this run counts.");
        assertThat(result.isValid()).isFalse();
    }

    @Test
    void aStaircaseIsJudgedStepByStep() {
        late = 1;
        lateInTheSecond = 150;
        shape = GeneratedRun.profile(100, 200, 100);
        targets = new Targets(
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.of(Duration.ofSeconds(30)),
                Optional.empty());
        LoadTestResult result = result();

        assertThat(result.isValid()).isTrue();
        assertThat(objective(result.tree(), "O7").get("result").asText()).isEqualTo("100 records/s");
        assertThat(objective(result.tree(), "O8").get("result").asText()).isEqualTo("0 s");
    }

    @Test
    void aMissHasItsMarginAndItsCause() {
        targets = new Targets(
                Optional.of(Duration.ofSeconds(3)),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        LoadTestResult result = result();
        JsonNode missed = objective(result.tree(), "O1");

        assertThat(result.isGood()).isFalse();
        assertThat(missed.get("status").asText()).isEqualTo("missed");
        assertThat(missed.get("margin").asText()).isEqualTo("1.0 s above");
        assertThat(missed.get("cause").asText()).contains("0.0 s before Kafka had them");
        assertThat(result.sentence()).startsWith("Exact and balanced. Missed: freshness of events on time");
    }

    @Test
    void aFaultOfOneIsHeldAgainstTheOthersAndItsRecoveryIsMeasured() {
        faults = List.of(FROZEN);
        targets = new Targets(
                Optional.empty(),
                false,
                Optional.of(1.5),
                Optional.of(Duration.ofSeconds(10)),
                Optional.empty(),
                Optional.empty());
        // The other data center is twice as slow meanwhile.
        latency = due -> due >= 10_000 && due < 14_000 ? 8_000 : 4_000;
        JsonNode tree = result().tree();

        assertThat(objective(tree, "O5").get("status").asText()).isEqualTo("missed");
        assertThat(objective(tree, "O5").get("result").asText()).isEqualTo("2.0 times");
        assertThat(objective(tree, "O8").get("result").asText()).isEqualTo("7.9 s");
        assertThat(objective(tree, "O8").get("status").asText()).isEqualTo("pass");
        assertThat(tree.at("/faults/0/fault").asText()).isEqualTo("cluster frozen (dc2)");
    }

    @Test
    void whatWasNotDoneIsNotMeasured() {
        targets = new Targets(
                Optional.empty(),
                false,
                Optional.of(1.5),
                Optional.of(Duration.ofSeconds(10)),
                Optional.empty(),
                Optional.empty());

        assertThat(statuses(result().tree())).contains("O5 not measured", "O8 not measured");
    }

    private static void assertThatNoFigureIsTold(LoadTestResult result, String status, String sentence) {
        assertThat(result.tree().at("/verdict/status").asText()).isEqualTo(status);
        assertThat(result.sentence()).startsWith(sentence);
        assertThat(result.tree().has("series")).isFalse();
        assertThat(result.tree().has("phases")).isFalse();
        assertThat(result.tree().at("/pipeline/freshness").isMissingNode()).isTrue();
        assertThat(result.tree().at("/pipeline/work").isMissingNode()).isTrue();
        assertThat(statuses(result.tree())).hasSize(2);
    }

    private static List<String> statuses(JsonNode tree) {
        return tree.get("objectives").findValues("id").stream()
                .map(JsonNode::asText)
                .map(id -> id + " " + objective(tree, id).get("status").asText())
                .toList();
    }

    private static JsonNode objective(JsonNode tree, String id) {
        for (JsonNode objective : tree.get("objectives")) {
            if (objective.get("id").asText().equals(id)) {
                return objective;
            }
        }
        throw new AssertionError("no objective " + id);
    }

    private LoadTestResult result() {
        Profile profile = new Profile(
                shape.name(),
                shape.description(),
                shape.decides(),
                shape.dataCenters(),
                shape.warmUp(),
                shape.text(),
                shape.phases(),
                faults,
                targets,
                "");
        Delivered delivered = new Delivered(new OverTime(GeneratedRun.START.millis(), 1_000), 0);
        TransportRun.Outcome transport =
                new TransportRun.Outcome(delivered, GeneratedRun.times(profile), GeneratedRun.START, 3);
        PipelineOutcome pipeline = new PipelineOutcome(
                verdict(),
                isBalanced,
                GeneratedRun.START,
                GeneratedRun.times(profile, late, lateInTheSecond),
                GeneratedRun.events(profile, latency),
                new LakeTimes(List.of(), List.of()),
                List.of(sample(0, 1, 2, 0), sample(20, 5, 4, 100_000)),
                faults.stream()
                        .map(fault -> new Disturbances.Done(fault, fault.at(), fault.end()))
                        .toList(),
                Map.of(),
                List.of(),
                List.of());
        LoadTestOptions options = new LoadTestOptions(
                profile, 1, "scripts/load-test", Optional.empty(), Optional.empty(), Optional.empty());
        return new LoadTestResult(options, transport, pipeline, Instant.EPOCH, Path.of("."));
    }

    private static Sampler.Sample sample(double seconds, double ingest, double merge, long acknowledged) {
        Map<String, Double> cpu = Map.of("ingest", ingest, "merge", merge, "kafka", 0.0, "lab", 0.0);
        return new Sampler.Sample(seconds, cpu, 0, acknowledged, Map.of());
    }

    private Report verdict() {
        Differences none = new Differences(
                Examples.none(),
                Examples.none(),
                Examples.none(),
                Examples.none(),
                Examples.none(),
                Examples.none(),
                Examples.none(),
                Examples.none());
        return new Report(
                0,
                0,
                Exempt.NOTHING,
                none,
                Freshness.NONE,
                Freshness.NONE,
                new LakeWork(0, 0, 0, 0, 0),
                List.of(),
                isExact ? List.of() : List.of("something"));
    }
}
