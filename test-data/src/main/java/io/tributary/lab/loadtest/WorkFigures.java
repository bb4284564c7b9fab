package io.tributary.lab.loadtest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.lab.loadtest.Sampler.Sample;
import java.util.List;
import java.util.Map;

/** What the processes did: CPU, memory, batches, merges, files, and records on their way. */
final class WorkFigures {

    private static final double MILLION = 1e6;
    private static final double MEGABYTE = 1e6;

    /** The look that is nearest to a full second counts for it. */
    private static final double HALF_A_SECOND = 0.5;

    private final PipelineOutcome run;

    WorkFigures(PipelineOutcome run) {
        this.run = run;
    }

    /** CPU-seconds of a process from the start of the load until all was merged. */
    double cpuSeconds(String process) {
        return last().cpuSeconds().get(process) - first().cpuSeconds().get(process);
    }

    /** Of both jobs, a million records that were sent. */
    double cpuPerMillion() {
        return (cpuSeconds("ingest") + cpuSeconds("merge")) / last().acknowledged() * MILLION;
    }

    /** The part of the machine's CPU that others than this run used; 0 where the machine does not tell. */
    double shareOfOthers() {
        double all = last().machineCpuSeconds() - first().machineCpuSeconds();
        double own = first().cpuSeconds().keySet().stream()
                .mapToDouble(this::cpuSeconds)
                .sum();
        double there =
                (last().seconds() - first().seconds()) * Runtime.getRuntime().availableProcessors();
        return there <= 0 ? 0 : Math.max(0, (all - own) / there);
    }

    private Sample first() {
        return run.samples().get(0);
    }

    private Sample last() {
        return run.samples().get(run.samples().size() - 1);
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        double millions = last().acknowledged() / MILLION;
        ObjectNode cpu = json.putObject("cpu_seconds");
        first().cpuSeconds().keySet().forEach(process -> cpu.put(process, cpuSeconds(process)));
        json.put("cpu_per_million_ingest", cpuSeconds("ingest") / millions);
        json.put("cpu_per_million_merge", cpuSeconds("merge") / millions);
        json.put("cpu_per_million", cpuPerMillion());
        json.put("cpu_share_of_others", shareOfOthers());
        json.put(
                "gc_seconds_ingest",
                run.ingestPauses().stream().mapToDouble(GcLog.Pause::millis).sum() / 1e3);
        json.put(
                "gc_seconds_merge",
                run.mergePauses().stream().mapToDouble(GcLog.Pause::millis).sum() / 1e3);
        return json;
    }

    /** Cores that each process used, between two looks. */
    ArrayNode cpuOverTime() {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        for (int i = 1; i < run.samples().size(); i++) {
            Sample before = run.samples().get(i - 1);
            Sample now = run.samples().get(i);
            double passed = Math.max(0.001, now.seconds() - before.seconds());
            ObjectNode one = json.addObject().put("t", now.seconds());
            now.cpuSeconds()
                    .forEach((process, seconds) ->
                            one.put(process, (seconds - before.cpuSeconds().get(process)) / passed));
        }
        return json;
    }

    /** Records by what had become of them by then. */
    ArrayNode recordsOverTime() {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        int seconds = (int) last().seconds() + 1;
        long[] due = run.times().due(seconds);
        long[] sent = run.times().sent(seconds);
        long allDue = 0;
        long allSent = 0;
        int sample = 0;
        for (int second = 0; second < seconds; second++) {
            while (sample + 1 < run.samples().size()
                    && run.samples().get(sample + 1).seconds() <= second + HALF_A_SECOND) {
                sample++;
            }
            long until = run.start().millis() + second * 1_000L;
            json.addObject()
                    .put("t", second)
                    .put("due", allDue)
                    .put("sent", allSent)
                    .put("appended", run.samples().get(sample).acknowledged())
                    .put("read", readBy(until))
                    .put("merged", mergedBy(until));
            allDue += due[second];
            allSent += sent[second];
        }
        return json;
    }

    /** Records that batches of the load have read by a moment, those that only woke the pipeline left out. */
    private long readBy(long millis) {
        return run.lake().batches().stream()
                .filter(batch -> batch.visibleMillis() <= millis
                        && batch.metadata().plannedAt() >= run.start().millis())
                .mapToLong(batch -> batch.metadata().total().read())
                .sum();
    }

    private long mergedBy(long millis) {
        return run.lake().merges().stream()
                .filter(merge -> merge.visibleMillis() <= millis
                        && merge.metadata().watermark() >= run.start().millis())
                .mapToLong(merge -> merge.metadata().total().merged())
                .sum();
    }

    /** Each batch of the load: when, how much, and how long its parts took. */
    ArrayNode batches() {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        for (LakeTimes.Batch batch : run.lake().batches()) {
            if (batch.metadata().plannedAt() < run.start().millis()) {
                continue;
            }
            ObjectNode one = json.addObject();
            one.put("t", (batch.metadata().plannedAt() - run.start().millis()) / 1e3);
            one.put("seconds", (batch.visibleMillis() - batch.metadata().plannedAt()) / 1e3);
            one.put("read", batch.metadata().total().read());
            one.put("staged", batch.metadata().total().staged());
            one.put("duplicates", batch.metadata().total().duplicate());
            one.put("quarantined", batch.metadata().total().quarantined());
            Map<String, Long> parts =
                    run.batchParts().getOrDefault(batch.metadata().batch(), Map.of());
            ObjectNode durations = one.putObject("parts");
            parts.forEach((part, millis) -> durations.put(part, millis / 1e3));
        }
        return json;
    }

    ArrayNode heap() {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        pauses(json, "ingest", run.ingestPauses());
        pauses(json, "merge", run.mergePauses());
        return json;
    }

    private void pauses(ArrayNode json, String process, List<GcLog.Pause> pauses) {
        pauses.stream()
                .filter(pause -> pause.atMillis() >= run.start().millis())
                .forEach(pause -> json.addObject()
                        .put("process", process)
                        .put("t", (pause.atMillis() - run.start().millis()) / 1e3)
                        .put("heap_mb", pause.heapMegabytes())
                        .put("pause_ms", pause.millis()));
    }

    /** Data files and megabytes of each table, those that were replaced and are not removed yet included. */
    ArrayNode files() {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        for (Sample sample : run.samples()) {
            ObjectNode one = json.addObject().put("t", sample.seconds());
            sample.tables().forEach((table, stored) -> {
                one.put(table + "_files", stored.files());
                one.put(table + "_mb", stored.bytes() / MEGABYTE);
            });
        }
        return json;
    }
}
