package io.tributary.ingest.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.account.Positions;
import java.util.Objects;
import org.apache.spark.sql.connector.read.streaming.Offset;

/**
 * The source's offset: the position of every partition of every data centre ever seen, and the time of planning. Its
 * JSON is {@code {"#arrival": millis, "dc": {"topic": {"partition": offset}}}}; no data centre's name begins with #.
 */
final class SourceOffset extends Offset {

    private static final String ARRIVAL = "#arrival";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final long arrival;
    private final Positions positions;

    /** @param arrival milliseconds since the epoch; it lies in Spark's log, so a batch run again has it again */
    SourceOffset(long arrival, Positions positions) {
        this.arrival = arrival;
        this.positions = Objects.requireNonNull(positions);
    }

    static SourceOffset parse(String json) {
        try {
            ObjectNode root = (ObjectNode) JSON.readTree(json);
            JsonNode arrival = root.required(ARRIVAL);
            if (!arrival.isIntegralNumber() || !arrival.canConvertToLong()) {
                throw new IllegalArgumentException("no time: " + arrival);
            }
            root.remove(ARRIVAL);
            return new SourceOffset(arrival.longValue(), Positions.fromJson(root));
        } catch (JsonProcessingException | ClassCastException | IllegalArgumentException e) {
            throw new IllegalArgumentException("not an offset of this source: " + json, e);
        }
    }

    long arrival() {
        return arrival;
    }

    Positions positions() {
        return positions;
    }

    @Override
    public String json() {
        ObjectNode root = JSON.createObjectNode();
        root.put(ARRIVAL, arrival);
        root.setAll(positions.toJson());
        return root.toString();
    }
}
