package io.tributary.benchmark;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@link SourcesBenchmark} has measured, as a table, as JSON, and held to its bounds. */
final class SourcesFigures {

    private static final double MAX_BATCH_SECONDS = 10;
    private static final double MAX_FRESHNESS_SECONDS = 20;
    private static final double MAX_IDLE_CPU_SECONDS = 2;

    private final Duration trigger;
    private final Map<Width, Line> lines = new LinkedHashMap<>();

    SourcesFigures(Duration trigger) {
        this.trigger = trigger;
    }

    /**
     * What is compared.
     *
     * @param recordsASecond of all data centers together; 0 for idle ones
     */
    record Width(int dataCenters, int recordsASecond) {

        boolean isIdle() {
            return recordsASecond == 0;
        }

        private String text() {
            return dataCenters + (isIdle() ? " idle" : " at " + recordsASecond + " a second");
        }
    }

    /**
     * Of one width in one round.
     *
     * @param cpu CPU-seconds a trigger
     * @param batchSeconds the median of a batch from its planning to its commit
     * @param freshness seconds of each event, ascending
     */
    record Measured(double cpu, double batchSeconds, List<Double> freshness) {}

    /** One figure a round. */
    private record Line(
            List<Double> cpu, List<Double> batchSeconds, List<Double> freshnessMedian, List<Double> freshness99) {

        Line() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    void add(Width width, Measured measured) {
        Line line = lines.computeIfAbsent(width, any -> new Line());
        line.cpu().add(measured.cpu());
        if (!width.isIdle()) {
            List<Double> freshness = measured.freshness();
            line.batchSeconds().add(measured.batchSeconds());
            line.freshnessMedian().add(freshness.get(freshness.size() / 2));
            line.freshness99().add(freshness.get(freshness.size() * 99 / 100));
        }
    }

    /**
     * Prints all.
     *
     * @return whether the bounds hold: on batches and freshness of the widest that sends, and on CPU of the idle ones
     */
    boolean verdict(int rounds, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "trigger of %d s; a figure is the median (least to most) of %d rounds, in turns%n",
                trigger.toSeconds(),
                rounds);
        out.printf(
                "%24s%26s%26s%26s%26s%n", "data centers", "CPU s a trigger", "s a batch", "fresh p50 s", "fresh p99 s");
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("benchmark", "sources");
        ArrayNode array = json.putArray("lines");
        boolean holds = true;
        int widest = lines.keySet().stream()
                .filter(width -> !width.isIdle())
                .mapToInt(Width::dataCenters)
                .max()
                .orElse(0);
        for (Map.Entry<Width, Line> entry : lines.entrySet()) {
            Width width = entry.getKey();
            Line line = entry.getValue();
            ObjectNode one = array.addObject()
                    .put("data_centers", width.dataCenters())
                    .put("records_a_second", width.recordsASecond());
            Figures.put(one, "cpu_seconds_a_trigger", line.cpu());
            if (width.isIdle()) {
                out.printf("%24s%26s%n", width.text(), Figures.range(line.cpu()));
                holds &= Figures.median(line.cpu()) <= MAX_IDLE_CPU_SECONDS;
            } else {
                out.printf(
                        "%24s%26s%26s%26s%26s%n",
                        width.text(),
                        Figures.range(line.cpu()),
                        Figures.range(line.batchSeconds()),
                        Figures.range(line.freshnessMedian()),
                        Figures.range(line.freshness99()));
                Figures.put(one, "batch_seconds", line.batchSeconds());
                Figures.put(one, "freshness_p50_seconds", line.freshnessMedian());
                Figures.put(one, "freshness_p99_seconds", line.freshness99());
                holds &= width.dataCenters() < widest
                        || (Figures.median(line.batchSeconds()) <= MAX_BATCH_SECONDS
                                && Figures.median(line.freshness99()) <= MAX_FRESHNESS_SECONDS);
            }
        }
        out.println(json);
        out.printf(
                Locale.ROOT,
                "the widest: a batch at most %.0f s, p99 at most %.0f s; idle: at most %.0f CPU s a trigger: %s%n",
                MAX_BATCH_SECONDS,
                MAX_FRESHNESS_SECONDS,
                MAX_IDLE_CPU_SECONDS,
                holds ? "holds" : "does not hold");
        return holds;
    }
}
