package io.tributary.lab.loadtest;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.error.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Two results side by side: what changed by more than two runs of the same differ by anyway. */
public final class ResultComparison {

    /** A change within this part of the first is taken for the difference of two runs; the plan says why. */
    static final double NOISE = 0.10;

    private static final List<Figure> FIGURES = List.of(
            new Figure("freshness p50, s", "/pipeline/freshness/due_on_time/p50"),
            new Figure("freshness p95, s", "/pipeline/freshness/due_on_time/p95"),
            new Figure("freshness p99, s", "/pipeline/freshness/due_on_time/p99"),
            new Figure("freshness p99 with late events, s", "/pipeline/freshness/due_all/p99"),
            new Figure("CPU-s a million, streaming job", "/pipeline/work/cpu_per_million_ingest"),
            new Figure("CPU-s a million, merge job", "/pipeline/work/cpu_per_million_merge"),
            new Figure("CPU-s a million, both", "/pipeline/work/cpu_per_million"),
            new Figure("resident memory, MB", "/pipeline/resident_memory_mb"),
            new Figure("files in staging", "/pipeline/files_staging"),
            new Figure("files in the merged table", "/pipeline/files_merged"),
            new Figure("transport p99, s", "/transport/due_to_receive/p99"));

    private ResultComparison() {}

    private record Figure(String name, String at) {}

    /**
     * One figure of both.
     *
     * @param isWorse whether it grew by more than noise; every figure here is better when it is smaller
     */
    public record Row(String name, double before, double after, boolean isWorse, boolean isBetter) {

        double change() {
            return before == 0 ? 0 : after / before - 1;
        }
    }

    /** @throws InvalidInputException if they cannot be compared */
    public static List<Row> rows(JsonNode before, JsonNode after) {
        requireComparable(before, after);
        List<Row> rows = new ArrayList<>();
        for (Figure figure : FIGURES) {
            JsonNode one = before.at(figure.at());
            JsonNode other = after.at(figure.at());
            if (one.isNumber() && other.isNumber()) {
                double change = one.asDouble() == 0 ? 0 : other.asDouble() / one.asDouble() - 1;
                rows.add(new Row(figure.name(), one.asDouble(), other.asDouble(), change > NOISE, change < -NOISE));
            }
        }
        return rows;
    }

    private static void requireComparable(JsonNode before, JsonNode after) {
        for (JsonNode result : List.of(before, after)) {
            if (result.path("schema").asInt() != LoadTestResult.SCHEMA) {
                throw new InvalidInputException("One of the files is no result of scripts/load-test --json.");
            }
            if (!result.at("/pipeline/freshness").isObject()) {
                throw new InvalidInputException(
                        "The result of " + result.path("at").asText() + " has no figures: "
                                + result.at("/verdict/sentence").asText());
            }
        }
        if (!before.path("profile_yaml").equals(after.path("profile_yaml"))) {
            throw new InvalidInputException("The results are of different profiles, "
                    + before.path("profile").asText() + " and "
                    + after.path("profile").asText()
                    + ", or of one that was changed; only runs of the same load can be compared.");
        }
    }

    /** As aligned lines. */
    public static String text(JsonNode before, JsonNode after) {
        StringBuilder text = new StringBuilder();
        text.append(line("%n%s: %s beside %s%n", before.path("profile").asText(), head(before), head(after)));
        if (!sameMachine(before, after)) {
            text.append("  The machines differ, so seconds and CPU say little.\n");
        }
        text.append(line("%n  %-36s%12s%12s%10s%n", "", "before", "after", "change"));
        for (Row row : rows(before, after)) {
            text.append(line(
                    "  %-36s%12.2f%12.2f%+9.0f%%  %s%n",
                    row.name(),
                    row.before(),
                    row.after(),
                    100 * row.change(),
                    row.isWorse() ? "worse" : row.isBetter() ? "better" : ""));
        }
        return text
                + line(
                        "%n  Changes within %.0f%% are noise. One run of each decides nothing; see docs/testing-plan.md.%n",
                        100 * NOISE);
    }

    private static boolean sameMachine(JsonNode before, JsonNode after) {
        return List.of("cores", "cpu", "memory_gb").stream().allMatch(key -> before.path("machine")
                .path(key)
                .equals(after.path("machine").path(key)));
    }

    private static String head(JsonNode result) {
        return result.at("/machine/commit").asText() + " of "
                + result.path("at").asText().split("T", -1)[0];
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
