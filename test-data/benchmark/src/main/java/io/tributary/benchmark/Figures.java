package io.tributary.benchmark;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;

/** Repeated measurements of one thing, as tables and JSON show them. */
final class Figures {

    private Figures() {}

    static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    /** The median, with the least and the most. */
    static String range(List<Double> values) {
        DoubleSummaryStatistics all =
                values.stream().mapToDouble(Double::doubleValue).summaryStatistics();
        return String.format(Locale.ROOT, "%.2f (%.2f to %.2f)", median(values), all.getMin(), all.getMax());
    }

    /** Adds all of them, and their median. */
    static void put(ObjectNode json, String name, List<Double> values) {
        ArrayNode array = json.put(name + "_median", median(values)).putArray(name);
        values.forEach(array::add);
    }
}
