package io.tributary.lake.commit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.offsets.PartitionJson;
import io.tributary.offsets.TopicPartitionId;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a batch stood to what Kafka held. Nothing that is exact depends on it: it is for whoever asks how the pipeline
 * does.
 *
 * @param lag for each data center that answered, with all its partitions, when the batch was planned: the offsets up to
 *     the end of Kafka's log then that the batch as planned leaves unread, deferred ones included. A data center that is
 *     missing here did not answer, or not wholly
 * @param late rows staged that were late, for each data center of which the batch carried a range
 * @param appended when the rows of each partition were appended in Kafka; empty for partitions without such rows
 */
public record FlowInfo(
        SortedMap<String, Long> lag, SortedMap<String, Long> late, SortedMap<TopicPartitionId, AppendTimes> appended) {

    public static final FlowInfo UNKNOWN = new FlowInfo(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());

    private static final String LAG = "lag";
    private static final String LATE = "late";
    private static final String APPENDED = "appended";

    public FlowInfo {
        lag = Collections.unmodifiableSortedMap(new TreeMap<>(lag));
        late = Collections.unmodifiableSortedMap(new TreeMap<>(late));
        appended = Collections.unmodifiableSortedMap(new TreeMap<>(appended));
    }

    ObjectNode toJson() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ObjectNode lags = root.putObject(LAG);
        lag.forEach((name, offsets) -> lags.put(name, offsets.longValue()));
        ObjectNode lates = root.putObject(LATE);
        late.forEach((name, rows) -> lates.put(name, rows.longValue()));
        root.set(APPENDED, PartitionJson.write(appended, AppendTimes::toJson));
        return root;
    }

    /** @param json may be missing, as in what earlier versions wrote */
    static FlowInfo fromJson(JsonNode json) {
        if (json.isMissingNode()) {
            return UNKNOWN;
        }
        return new FlowInfo(
                counts(json.required(LAG)),
                counts(json.required(LATE)),
                PartitionJson.read(json.required(APPENDED), AppendTimes::fromJson));
    }

    private static SortedMap<String, Long> counts(JsonNode json) {
        SortedMap<String, Long> counts = new TreeMap<>();
        json.properties()
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue().asLong()));
        return counts;
    }
}
