package io.tributary.lab.loadtest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.lab.evaluate.Report;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The outcome of a load test. A run whose generator was late is void, and of one that is not exact and balanced no figure is
 * told.
 */
public final class LoadTestResult {

    static final int SCHEMA = 1;
    private static final double OTHERS_DISTURB = 0.05;

    private final LoadTestOptions options;
    private final TransportRun.Outcome transport;
    private final PipelineOutcome pipeline;
    private final List<Objective> objectives;
    private final ObjectNode json = JsonNodeFactory.instance.objectNode();

    /** @param at when the run began */
    LoadTestResult(
            LoadTestOptions options,
            TransportRun.Outcome transport,
            PipelineOutcome pipeline,
            Instant at,
            Path project) {
        this.options = options;
        this.transport = transport;
        this.pipeline = pipeline;
        var profile = options.profile();
        FreshnessFigures freshness = new FreshnessFigures(profile, pipeline.events(), pipeline.start());
        LagFigures lag = new LagFigures(profile, pipeline.events(), pipeline.start());
        WorkFigures work = new WorkFigures(pipeline);
        Steps steps = new Steps(profile, pipeline.times(), freshness, lag);
        this.objectives = Evaluation.of(profile, pipeline, freshness, lag, work, steps, hasFigures());
        json.put("schema", SCHEMA);
        json.put("profile", profile.name());
        json.put("description", profile.description());
        json.put("decides", profile.decides());
        json.put("command", options.command());
        json.put("seed", options.seed());
        json.put("at", at.toString());
        json.set("machine", Machine.json(project));
        json.set("verdict", verdict());
        json.set("load", load());
        json.set("generator", generator());
        json.set("transport", transport());
        json.set("pipeline", counts());
        ArrayNode held = json.putArray("objectives");
        objectives.forEach(objective -> objective.write(held.addObject()));
        json.set("limits", limits(work));
        if (hasFigures()) {
            ((ObjectNode) json.get("pipeline")).set("freshness", freshness.json());
            ((ObjectNode) json.get("pipeline")).set("work", work.json());
            json.set("phases", steps.json());
            json.set("faults", faults(freshness));
            json.set("series", series(freshness, lag, work));
        }
        json.put("profile_yaml", profile.yaml());
    }

    /** Whether the generator was on time in both phases, and the transport complete. */
    public boolean isValid() {
        return voids().isEmpty();
    }

    /** Whether everything was exact and balanced and no objective was missed. */
    public boolean isGood() {
        return objectives.stream().noneMatch(Objective::isMissed);
    }

    /** Whether everything was exact and balanced, whatever it took. */
    public boolean isCorrect() {
        return pipeline.verdict().isExact() && pipeline.isBalanced();
    }

    private boolean hasFigures() {
        return isCorrect() && isValid();
    }

    private List<String> voids() {
        List<String> voids = new ArrayList<>();
        if (isLate(transport.times())) {
            voids.add("the generator was late in phase 1");
        }
        if (isLate(pipeline.times())) {
            voids.add("the generator was late in phase 2");
        }
        if (!transport.delivered().isComplete()) {
            voids.add("the transport alone did not deliver everything once and in order");
        }
        return voids;
    }

    /** Steps of a staircase are judged one by one, and the last ones may be too much for the generator as well. */
    private boolean isLate(SendTimes times) {
        return options.profile().isStaircase() ? SendTimes.isLate(times.lateness(0)) : times.isLate();
    }

    /** In one sentence. */
    public String sentence() {
        List<String> missed = objectives.stream()
                .filter(Objective::isMissed)
                .map(objective -> objective.name() + " (" + objective.result() + ")")
                .toList();
        if (!isCorrect()) {
            return "Not correct: " + String.join(", ", missed) + ". No figure of this run counts.";
        }
        if (!isValid()) {
            return "Void: " + String.join(", ", voids()) + ". No figure of this run counts.";
        }
        return missed.isEmpty()
                ? "Exact and balanced, and all objectives are met."
                : "Exact and balanced. Missed: " + String.join(", ", missed) + ".";
    }

    private String status() {
        if (!isCorrect()) {
            return "not correct";
        }
        return !isValid() ? "void" : isGood() ? "pass" : "missed";
    }

    private ObjectNode verdict() {
        ObjectNode verdict = JsonNodeFactory.instance.objectNode();
        verdict.put("status", status());
        verdict.put("sentence", sentence());
        verdict.put("exact", pipeline.verdict().isExact());
        verdict.put("balanced", pipeline.isBalanced());
        ArrayNode voids = verdict.putArray("void");
        voids().forEach(voids::add);
        ArrayNode troubles = verdict.putArray("troubles");
        pipeline.verdict().troubles().forEach(troubles::add);
        return verdict;
    }

    private ObjectNode load() {
        ObjectNode load = JsonNodeFactory.instance.objectNode();
        load.put("seconds", options.profile().duration().toSeconds());
        load.put("warm_up_seconds", options.profile().warmUp().toSeconds());
        load.put("records", options.profile().records());
        load.put("data_centers", options.profile().dataCenters().size());
        return load;
    }

    private ObjectNode generator() {
        ObjectNode generator = JsonNodeFactory.instance.objectNode();
        generator.put("late_p99_ms_allowed", SendTimes.MAX_LATE_P99.toMillis());
        generator.set("phase_1_late_ms", Percentiles.json(transport.times().lateness(), 1e3));
        generator.set("phase_2_late_ms", Percentiles.json(pipeline.times().lateness(), 1e3));
        return generator;
    }

    private ObjectNode transport() {
        Delivered delivered = transport.delivered();
        ObjectNode json1 = JsonNodeFactory.instance.objectNode();
        json1.put("acknowledged", delivered.acknowledged());
        json1.put("received", delivered.received());
        json1.put("missing", delivered.missing());
        json1.put("twice", delivered.twice());
        json1.put("never_acknowledged", delivered.unknown());
        json1.put("altered", delivered.altered());
        json1.put("out_of_order", delivered.outOfOrder());
        json1.set("due_to_append", Percentiles.json(delivered.dueToAppend(), 1e3));
        json1.set("append_to_receive", Percentiles.json(delivered.appendToReceive(), 1e3));
        json1.set("due_to_receive", Percentiles.json(delivered.dueToReceive(), 1e3));
        json1.put("cpu_seconds_brokers", transport.cpuSeconds());
        return json1;
    }

    private ObjectNode counts() {
        Report verdict = pipeline.verdict();
        ObjectNode counts = JsonNodeFactory.instance.objectNode();
        counts.put("sent", verdict.sent().all());
        counts.put("unique", verdict.sent().events());
        counts.put("duplicates_sent", verdict.sent().duplicates());
        counts.put("malformed_sent", verdict.sent().malformed());
        counts.put("visible", verdict.visible());
        counts.put("quarantined", verdict.quarantined());
        counts.put("missing", verdict.differences().missing().count());
        counts.put("visible_twice", verdict.differences().visibleTwice().count());
        counts.put("merges", verdict.work().merges());
        counts.put("polls", verdict.work().polls());
        counts.put("files_staging", verdict.work().filesBefore());
        counts.put("files_merged", verdict.work().filesAfter());
        counts.put("resident_memory_mb", verdict.work().residentMegabytes());
        return counts;
    }

    private ArrayNode faults(FreshnessFigures freshness) {
        ArrayNode faults = JsonNodeFactory.instance.arrayNode();
        for (Disturbances.Done fault : pipeline.faults()) {
            faults.addObject()
                    .put("fault", fault.fault().words())
                    .put("from", fault.began().toMillis() / 1e3)
                    .put("to", fault.ended().toMillis() / 1e3)
                    .put("recovery_seconds", Evaluation.recoverySeconds(freshness, fault));
        }
        return faults;
    }

    private ObjectNode series(FreshnessFigures freshness, LagFigures lag, WorkFigures work) {
        ObjectNode series = JsonNodeFactory.instance.objectNode();
        series.set("records", work.recordsOverTime());
        series.set("lag", lag.json());
        series.set("freshness", freshness.overTime());
        series.set("transport", transport.delivered().overTime().json());
        series.set("heat_map", freshness.heatMap());
        ObjectNode curves = freshness.curves();
        curves.set("transport", Percentiles.curve(transport.delivered().dueToReceive(), 1e3));
        series.set("curves", curves);
        series.set("batches", work.batches());
        series.set("cpu", work.cpuOverTime());
        series.set("gc", work.heap());
        series.set("files", work.files());
        return series;
    }

    private ArrayNode limits(WorkFigures work) {
        ArrayNode limits = JsonNodeFactory.instance.arrayNode();
        limits.add("Brokers, jobs, generator and evaluator share "
                + Runtime.getRuntime().availableProcessors()
                + " cores of one machine: ratios and correctness transfer to another, seconds do not.");
        limits.add("The lake is a directory, not S3: no request is counted, and commits are quicker.");
        limits.add("n = 1. The testing plan says how many runs a comparison takes.");
        if (work.shareOfOthers() > OTHERS_DISTURB) {
            limits.add(String.format(
                    java.util.Locale.ROOT,
                    "Others used %.0f %% of this machine's CPU meanwhile, so seconds and rates are worse than they would be.",
                    100 * work.shareOfOthers()));
        }
        return limits;
    }

    /** The result for programs. */
    public ObjectNode tree() {
        return json;
    }

    /** The same as text. */
    public String json() {
        try {
            return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(json) + "\n";
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For people: what the objectives have come to. */
    public String text() {
        return "\n" + options.profile().name() + ": " + sentence() + "\n\n"
                + objectives.stream()
                        .map(one -> "  %-4s %-12s %s: %s, target %s%n"
                                .formatted(
                                        one.id(),
                                        one.status()
                                                .name()
                                                .toLowerCase(java.util.Locale.ROOT)
                                                .replace('_', ' '),
                                        one.name(),
                                        one.result(),
                                        one.target()))
                        .collect(Collectors.joining());
    }
}
