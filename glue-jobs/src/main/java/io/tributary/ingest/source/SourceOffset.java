package io.tributary.ingest.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.account.Frontier;
import io.tributary.account.OffsetRange;
import io.tributary.account.Positions;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.spark.sql.connector.read.streaming.Offset;

/**
 * The source's offset: how far every data centre ever seen is read after the batch that ends here, and what the batch
 * does beyond going on from the offset before it. It lies in Spark's log before the batch begins, so whatever it says
 * is decided once. Its JSON is {@code {"#arrival": millis, "dc": {"topic": {"partition": offset}}}} with
 * {@code #waiting}, {@code #again} and {@code #lost} where they are not empty; no data centre's name begins with #.
 */
final class SourceOffset extends Offset {

    private static final String ARRIVAL = "#arrival";
    private static final String WAITING = "#waiting";
    private static final String AGAIN = "#again";
    private static final String LOST = "#lost";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final long arrival;
    private final Frontier frontier;
    private final SortedSet<OffsetRange> again;
    private final SortedSet<OffsetRange> lost;

    /**
     * @param arrival when the batch was planned, milliseconds since the epoch; no two batches have the same
     * @param frontier what is read after the batch, if all that it is to read can be read
     * @param again ranges that were deferred before and that the batch is to read
     * @param lost ranges that Kafka no longer has and that the batch gives up
     */
    SourceOffset(long arrival, Frontier frontier, SortedSet<OffsetRange> again, SortedSet<OffsetRange> lost) {
        this.arrival = arrival;
        this.frontier = frontier;
        this.again = Collections.unmodifiableSortedSet(new TreeSet<>(again));
        this.lost = Collections.unmodifiableSortedSet(new TreeSet<>(lost));
    }

    static SourceOffset startingAt(long arrival, Frontier frontier) {
        return new SourceOffset(arrival, frontier, new TreeSet<>(), new TreeSet<>());
    }

    /** @throws IllegalArgumentException if the text is not an offset of this source */
    static SourceOffset parse(String json) {
        try {
            ObjectNode root = (ObjectNode) JSON.readTree(json);
            JsonNode arrival = root.required(ARRIVAL);
            if (!arrival.isIntegralNumber() || !arrival.canConvertToLong()) {
                throw new IllegalArgumentException("no time: " + arrival);
            }
            SortedSet<OffsetRange> waiting = OffsetRange.fromJson(root.path(WAITING));
            SortedSet<OffsetRange> again = OffsetRange.fromJson(root.path(AGAIN));
            SortedSet<OffsetRange> lost = OffsetRange.fromJson(root.path(LOST));
            root.remove(java.util.List.of(ARRIVAL, WAITING, AGAIN, LOST));
            Frontier frontier = new Frontier(Positions.fromJson(root), waiting);
            return new SourceOffset(arrival.longValue(), frontier, again, lost);
        } catch (JsonProcessingException | ClassCastException | IllegalArgumentException e) {
            throw new IllegalArgumentException("not an offset of this source: " + json, e);
        }
    }

    long arrival() {
        return arrival;
    }

    Frontier frontier() {
        return frontier;
    }

    Positions positions() {
        return frontier.positions();
    }

    SortedSet<OffsetRange> again() {
        return again;
    }

    SortedSet<OffsetRange> lost() {
        return lost;
    }

    @Override
    public String json() {
        ObjectNode root = JSON.createObjectNode();
        root.put(ARRIVAL, arrival);
        put(root, WAITING, frontier.waiting());
        put(root, AGAIN, again);
        put(root, LOST, lost);
        root.setAll(frontier.positions().toJson());
        return root.toString();
    }

    private static void put(ObjectNode root, String key, SortedSet<OffsetRange> ranges) {
        if (!ranges.isEmpty()) {
            root.set(key, OffsetRange.toJson(ranges));
        }
    }
}
