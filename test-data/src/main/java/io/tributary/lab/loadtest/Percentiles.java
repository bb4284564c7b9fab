package io.tributary.lab.loadtest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/** Histograms as JSON. */
final class Percentiles {

    private static final int STEPS_PER_HALF = 4;
    private static final double MAX_PERCENTILE = 99.999;

    private Percentiles() {}

    /** @param unit how many of the histogram's units make one of the result's */
    static ObjectNode json(Histogram values, double unit) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("count", values.getTotalCount());
        if (values.getTotalCount() > 0) {
            json.put("p50", values.getValueAtPercentile(50) / unit);
            json.put("p95", values.getValueAtPercentile(95) / unit);
            json.put("p99", values.getValueAtPercentile(99) / unit);
            json.put("p999", values.getValueAtPercentile(99.9) / unit);
            json.put("max", values.getMaxValue() / unit);
        }
        return json;
    }

    /** Pairs of a percentile and the value there, ever closer towards the greatest. */
    static ArrayNode curve(Histogram values, double unit) {
        ArrayNode curve = JsonNodeFactory.instance.arrayNode();
        for (HistogramIterationValue step : values.percentiles(STEPS_PER_HALF)) {
            double percentile = Math.min(MAX_PERCENTILE, step.getPercentileLevelIteratedTo());
            curve.addArray().add(percentile).add(step.getValueIteratedTo() / unit);
        }
        return curve;
    }
}
