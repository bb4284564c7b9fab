package io.tributary.operations.datacenter.check;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.config.DataCenter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * The facts about some data centers.
 *
 * @param facts by data center, in the order of the file
 */
public record CheckReport(Map<String, List<Fact>> facts) {

    private static final int MAX_AT_ONCE = 8;

    public CheckReport {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    /** Checks several data centers at once, so that a silent one holds up no other. */
    public static CheckReport of(List<DataCenter> centers, Function<DataCenter, List<Fact>> check) {
        ExecutorService threads = Executors.newFixedThreadPool(MAX_AT_ONCE);
        try {
            Map<String, Future<List<Fact>>> asked = new LinkedHashMap<>();
            centers.forEach(center -> asked.put(center.name(), threads.submit(() -> check.apply(center))));
            Map<String, List<Fact>> facts = new LinkedHashMap<>();
            for (Map.Entry<String, Future<List<Fact>>> answer : asked.entrySet()) {
                facts.put(answer.getKey(), answer.getValue().get());
            }
            return new CheckReport(facts);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while checking", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a check failed", e);
        } finally {
            threads.shutdownNow();
        }
    }

    /** How many facts say that something cannot work. */
    public long failures() {
        return facts.values().stream()
                .flatMap(List::stream)
                .filter(Fact::isFailure)
                .count();
    }

    /** A line for each fact, with what to do, below the name of its data center. */
    public String text() {
        StringBuilder text = new StringBuilder();
        facts.forEach((name, all) -> {
            text.append(name).append('\n');
            all.forEach(fact -> text.append("  %-4s  %-10s  %s%s%n"
                    .formatted(
                            fact.level().shown(),
                            fact.about(),
                            fact.words(),
                            fact.remedy().isEmpty() ? "" : "; " + fact.remedy())));
        });
        return text.toString();
    }

    public ArrayNode toJson() {
        ArrayNode root = JsonNodeFactory.instance.arrayNode();
        facts.forEach((name, all) -> {
            ObjectNode one = root.addObject().put("data_center", name);
            ArrayNode told = one.putArray("facts");
            all.forEach(fact -> told.addObject()
                    .put("level", fact.level().name().toLowerCase(java.util.Locale.ROOT))
                    .put("about", fact.about())
                    .put("words", fact.words())
                    .put("remedy", fact.remedy()));
        });
        return root;
    }
}
