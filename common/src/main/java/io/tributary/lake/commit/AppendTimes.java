package io.tributary.lake.commit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * When the rows of one partition in one batch were appended in Kafka, by their timestamps, in milliseconds since the
 * epoch. Subtracted from the time of the commit they are the freshness of the rows. Rows without a plausible timestamp do
 * not count.
 *
 * @param count how many rows; at least 1
 * @param earliest of all
 * @param onePercent the time before which about 1 % of the rows were appended: their freshness is the 99th percentile
 * @param median about the middle of all
 * @param latest of all
 */
public record AppendTimes(long count, long earliest, long onePercent, long median, long latest) {

    public AppendTimes {
        if (count < 1 || earliest > onePercent || onePercent > median || median > latest) {
            throw new IllegalArgumentException("times of appends that are in no order: " + count + " from " + earliest
                    + ", " + onePercent + ", " + median + ", to " + latest);
        }
    }

    ObjectNode toJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("count", count)
                .put("earliest", earliest)
                .put("one_percent", onePercent)
                .put("median", median)
                .put("latest", latest);
    }

    static AppendTimes fromJson(JsonNode json) {
        return new AppendTimes(
                json.required("count").asLong(),
                json.required("earliest").asLong(),
                json.required("one_percent").asLong(),
                json.required("median").asLong(),
                json.required("latest").asLong());
    }
}
