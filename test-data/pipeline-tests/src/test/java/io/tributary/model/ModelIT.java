package io.tributary.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.DedupScope;
import io.tributary.config.PipelineConfig;
import io.tributary.model.Step.Arrive;
import io.tributary.model.Step.Copy;
import io.tributary.model.Step.LoseCheckpoint;
import io.tributary.model.Step.Merge;
import io.tributary.model.Step.Pass;
import io.tributary.model.Step.Reconfigure;
import io.tributary.model.Step.Replay;
import io.tributary.model.Step.Restart;
import io.tributary.model.Step.UndoneMerge;
import io.tributary.runtime.LocalRuntime;
import io.tributary.schema.Lake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Generated histories, given to the model and to the jobs: after every step both must show the same. */
class ModelIT {

    private static final Duration WINDOW = Duration.ofHours(1);
    private static final Duration CLOCKS = Duration.ofMinutes(5);
    private static final Duration TOLERANCE = Duration.ofSeconds(1);
    private static final Duration ALLOWANCE = CLOCKS.plus(TOLERANCE);
    private static final Instant BEGIN = Instant.parse("2026-03-01T22:58:00Z");
    private static final List<String> DATA_CENTERS = List.of("fra", "nyc");
    private static final String CONFIG = """
        dedup: {window: %s, clock_skew: 5m, time_tolerance: 1s, scope: %s, state_partitions: 1}
        event_time: {max_ahead: 5m}
        merge: {compact_after_files: 3}
        retention: {staging: 1h}
        """;

    /** One that never can be computed, since another table is in its place. */
    private static final String BLOCKED_ROLLUP = """
            rollups:
              - {name: counts, bucket: 1h, measures: [{name: events, type: count}]}
            """;

    private static LocalRuntime runtime;

    @BeforeContainer
    static void startSpark() {
        runtime = LocalRuntime.open("model-it", 1);
    }

    @AfterContainer
    static void stopSpark() {
        runtime.close();
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void theJobsShowWhatTheModelSays(
            @ForAll DedupScope scope, @ForAll boolean aRollupFails, @ForAll("histories") List<Step> history)
            throws Exception {
        Function<Duration, PipelineConfig> configs = window -> config(scope, window, aRollupFails);
        PipelineConfig config = configs.apply(WINDOW);
        Path dir = Files.createTempDirectory("tributary-model");
        Lake lake = Lake.of(Optional.of(dir.resolve("lake").toString()), config);
        try (Pipeline pipeline = new Pipeline(runtime, config, lake, dir, DATA_CENTERS, BEGIN)) {
            pipeline.blockRollups();
            new Run(scope, configs, pipeline).play(history);
        } finally {
            delete(dir);
        }
    }

    private static PipelineConfig config(DedupScope scope, Duration window, boolean aRollupFails) {
        String text = CONFIG.formatted(window, scope.name().toLowerCase(Locale.ROOT));
        return PipelineConfig.parse(text + (aRollupFails ? BLOCKED_ROLLUP : ""), "model");
    }

    /** Few events and data centers, so that copies meet; ages and pauses around the window, both sides of its ends. */
    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<Duration> ages = Arbitraries.of(
                Duration.ofMinutes(-3),
                Duration.ZERO,
                Duration.ofMinutes(10),
                WINDOW.minus(CLOCKS),
                WINDOW.minus(ALLOWANCE).minus(TOLERANCE),
                WINDOW.minus(ALLOWANCE),
                WINDOW.minus(ALLOWANCE).plusMillis(1),
                Duration.ofHours(2),
                Duration.ofDays(20));
        Arbitrary<Duration> deviations =
                Arbitraries.of(Duration.ZERO, Duration.ZERO, Duration.ofMillis(1), Duration.ofMillis(600), TOLERANCE);
        Arbitrary<Copy> copies = Combinators.combine(
                        Arbitraries.of(DATA_CENTERS), Arbitraries.integers().between(0, 7), ages, deviations)
                .as(Copy::new);
        Arbitrary<Step> arrivals = copies.list().ofMinSize(1).ofMaxSize(4).map(Arrive::new);
        Arbitrary<Step> pauses = Arbitraries.of(
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(20),
                        Duration.ofMinutes(45),
                        Duration.ofMinutes(61),
                        Duration.ofMinutes(130))
                .map(Pass::new);
        return Arbitraries.frequencyOf(
                        Tuple.of(8, arrivals),
                        Tuple.of(3, pauses),
                        Tuple.of(3, Arbitraries.just(new Merge())),
                        Tuple.of(1, Arbitraries.just(new UndoneMerge())),
                        Tuple.of(1, Arbitraries.just(new Restart())),
                        Tuple.of(1, Arbitraries.just(new Replay())),
                        Tuple.of(1, Arbitraries.just(new LoseCheckpoint())),
                        Tuple.of(
                                1,
                                Arbitraries.of(Duration.ofMinutes(30), WINDOW, Duration.ofHours(2))
                                        .map(Reconfigure::new)))
                .list()
                .ofMinSize(6)
                .ofMaxSize(14);
    }

    /** One history. */
    private static final class Run {

        private final DedupScope scope;
        private final Function<Duration, PipelineConfig> configs;
        private final Pipeline pipeline;
        private final Model model = new Model(WINDOW, ALLOWANCE);
        private final Map<Integer, Instant> times = new HashMap<>();
        private Instant now = BEGIN;

        Run(DedupScope scope, Function<Duration, PipelineConfig> configs, Pipeline pipeline) {
            this.scope = scope;
            this.configs = configs;
            this.pipeline = pipeline;
        }

        void play(List<Step> history) throws Exception {
            for (int i = 0; i < history.size(); i++) {
                Step step = history.get(i);
                take(step);
                if (!(step instanceof Pass)) {
                    assertThat(pipeline.shown())
                            .as("what is shown after step %d, %s", i, step)
                            .isEqualTo(model.shown());
                }
            }
        }

        private void take(Step step) throws Exception {
            // Nothing happens at the same moment as something else.
            now = now.plusMillis(1);
            if (step instanceof Arrive arrive) {
                arrive(arrive.copies());
            } else if (step instanceof Pass pass) {
                now = now.plus(pass.time());
            } else if (step instanceof Merge) {
                model.merge();
                pipeline.merge();
            } else if (step instanceof UndoneMerge) {
                pipeline.undoneMerge();
            } else if (step instanceof Restart) {
                pipeline.restart();
            } else if (step instanceof Replay) {
                pipeline.replay();
            } else if (step instanceof Reconfigure reconfigure) {
                model.reconfigure(reconfigure.window(), now);
                pipeline.reconfigure(configs.apply(reconfigure.window()), now);
            } else {
                model.loseCheckpoint(now);
                pipeline.loseCheckpoint(now);
            }
        }

        private void arrive(List<Copy> copies) throws Exception {
            List<Pipeline.Sent> records = new ArrayList<>();
            for (Copy copy : copies) {
                Instant happened = times.computeIfAbsent(copy.event(), event -> now.minus(copy.age()));
                String id = "e" + copy.event();
                Instant said = happened.plus(copy.deviation());
                records.add(Pipeline.Sent.event(copy.dataCenter(), id, said));
                model.arrive(scope == DedupScope.GLOBAL ? id : copy.dataCenter() + "/" + id, said, now);
            }
            pipeline.arrive(records, now);
        }
    }

    private static void delete(Path dir) throws IOException {
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
