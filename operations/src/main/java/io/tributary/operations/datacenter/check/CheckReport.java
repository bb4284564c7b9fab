package io.tributary.operations.datacenter.check;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.config.DataCenter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * The results about some data centers.
 *
 * @param results by data center, in the order of the file
 */
public record CheckReport(Map<String, List<CheckResult>> results) {

    private static final int MAX_AT_ONCE = 8;

    public CheckReport {
        results = Collections.unmodifiableMap(new LinkedHashMap<>(results));
    }

    /** Checks several data centers at once, so that a silent one holds up no other. */
    public static CheckReport of(List<DataCenter> centers, Function<DataCenter, List<CheckResult>> check) {
        ExecutorService threads = Executors.newFixedThreadPool(MAX_AT_ONCE);
        try {
            Map<String, Future<List<CheckResult>>> asked = new LinkedHashMap<>();
            centers.forEach(center -> asked.put(center.name(), threads.submit(() -> check.apply(center))));
            Map<String, List<CheckResult>> results = new LinkedHashMap<>();
            for (Map.Entry<String, Future<List<CheckResult>>> answer : asked.entrySet()) {
                results.put(answer.getKey(), answer.getValue().get());
            }
            return new CheckReport(results);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while checking", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a check failed", e);
        } finally {
            threads.shutdownNow();
        }
    }

    /** How many results say that something cannot work. */
    public long failures() {
        return results.values().stream()
                .flatMap(List::stream)
                .filter(CheckResult::isFailure)
                .count();
    }

    /** What cannot work, in words; empty if everything can. */
    public Optional<String> failed() {
        return results.values().stream()
                .flatMap(List::stream)
                .filter(CheckResult::isFailure)
                .map(result -> result.about() + ": " + result.words())
                .reduce((first, next) -> first + "; " + next);
    }

    /** A line for each result, with what to do, below the name of its data center. */
    public String text() {
        StringBuilder text = new StringBuilder();
        results.forEach((name, all) -> {
            text.append(name).append('\n');
            all.forEach(result -> text.append("  %-4s  %-10s  %s%s%n"
                    .formatted(
                            result.level().shown(),
                            result.about(),
                            result.words(),
                            result.remedy().isEmpty() ? "" : "; " + result.remedy())));
        });
        return text.toString();
    }

    public ArrayNode toJson() {
        ArrayNode root = JsonNodeFactory.instance.arrayNode();
        results.forEach((name, all) -> {
            ObjectNode one = root.addObject().put("data_center", name);
            ArrayNode told = one.putArray("results");
            all.forEach(result -> told.addObject()
                    .put("level", result.level().name().toLowerCase(java.util.Locale.ROOT))
                    .put("about", result.about())
                    .put("words", result.words())
                    .put("remedy", result.remedy()));
        });
        return root;
    }
}
