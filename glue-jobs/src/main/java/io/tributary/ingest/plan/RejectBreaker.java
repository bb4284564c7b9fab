package io.tributary.ingest.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.config.BreakerConfig;
import io.tributary.config.DataCenter;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.WithoutReplays;
import io.tributary.offsets.RangeStats;
import io.tributary.offsets.TopicPartitionId;
import io.tributary.runtime.HadoopFiles;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Halts a data center when most of its records over a window were rejected. A trip is noted beside the checkpoints, so
 * it outlives a restart. It ends when an operator has accepted it and the records of a window are good again.
 */
public final class RejectBreaker {

    private static final Logger LOG = LoggerFactory.getLogger(RejectBreaker.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BreakerConfig config;
    private final HadoopFiles files;
    private final String note;
    private final Map<String, Deque<Seen>> windows = new HashMap<>();
    private final SortedMap<String, BreakerTrip> trips = new TreeMap<>();
    private long newest;

    /** What one batch read of one data center. */
    private record Seen(long committedAt, RangeStats total, Optional<First> first) {}

    /** The first range of a batch that had rejected records. */
    private record First(TopicPartitionId partition, long from) {}

    /** @param note URI of the file that keeps the trips */
    public RejectBreaker(BreakerConfig config, HadoopFiles files, String note) {
        this.config = config;
        this.files = files;
        this.note = note;
        if (files.exists(note)) {
            read(files.readOwn(note));
        }
    }

    /** Takes in the newest batch; does nothing for one that it knows. */
    public void update(BatchMetadata carried) {
        if (carried.sequence() <= newest) {
            return;
        }
        newest = carried.sequence();
        BatchMetadata batch = WithoutReplays.of(carried);
        Map<String, RangeStats> totals = new TreeMap<>();
        Map<String, First> firsts = new HashMap<>();
        batch.ranges().forEach((partition, range) -> {
            totals.merge(partition.dataCenter(), range, RangeStats::plus);
            if (range.quarantined() > 0) {
                firsts.putIfAbsent(partition.dataCenter(), new First(partition, range.from()));
            }
        });
        totals.forEach((name, total) -> {
            if (total.read() > 0) {
                judge(name, new Seen(batch.committedAt(), total, Optional.ofNullable(firsts.get(name))));
            }
        });
    }

    private void judge(String dataCenter, Seen seen) {
        Deque<Seen> window = windows.computeIfAbsent(dataCenter, name -> new ArrayDeque<>());
        window.addLast(seen);
        window.removeIf(
                old -> old.committedAt() < seen.committedAt() - config.window().toMillis());
        // Records without an event say nothing of the others.
        long read = window.stream()
                .mapToLong(one -> one.total().read() - one.total().withoutEvent())
                .sum();
        long rejected =
                window.stream().mapToLong(one -> one.total().quarantined()).sum();
        if (config.isExceeded(rejected, read)) {
            if (!trips.containsKey(dataCenter)) {
                First first = window.stream()
                        .flatMap(one -> one.first().stream())
                        .findFirst()
                        .orElseThrow();
                trips.put(dataCenter, new BreakerTrip(first.partition(), first.from(), words(rejected, read)));
                keep();
            }
        } else if (read >= config.minRecords() && trips.remove(dataCenter) != null) {
            LOG.info(
                    "ingest[dc={}]: most of its records are events again; accept_rejects can be taken out of its entry",
                    dataCenter);
            keep();
        }
    }

    private String words(long rejected, long read) {
        return String.format(
                Locale.ROOT,
                "%,d of the last %,d records were rejected (breaker.max_rejected_percent is %d)",
                rejected,
                read,
                config.maxRejectedPercent());
    }

    /** The plan of a data center, or that it is halted. */
    public BatchPlan judged(DataCenter center, BatchPlan plan) {
        return Optional.ofNullable(trips.get(center.name()))
                .filter(trip -> !center.acceptedRejects().contains(trip.acceptance()))
                .map(plan::halted)
                .orElse(plan);
    }

    private void keep() {
        if (trips.isEmpty()) {
            files.delete(note);
            return;
        }
        ObjectNode root = JSON.createObjectNode();
        trips.forEach((name, trip) -> root.putObject(name)
                .put("topic", trip.partition().topic())
                .put("partition", trip.partition().partition())
                .put("from", trip.from())
                .put("words", trip.words()));
        files.write(note, root.toPrettyString());
    }

    private void read(String text) {
        try {
            for (Map.Entry<String, JsonNode> entry : JSON.readTree(text).properties()) {
                JsonNode trip = entry.getValue();
                trips.put(
                        entry.getKey(),
                        new BreakerTrip(
                                new TopicPartitionId(
                                        entry.getKey(),
                                        trip.required("topic").asText(),
                                        trip.required("partition").asInt()),
                                trip.required("from").asLong(),
                                trip.required("words").asText()));
            }
        } catch (JsonProcessingException | RuntimeException e) {
            LOG.warn("ingest: {} is damaged; a breaker trips anew if it has to: {}", note, e.getMessage());
        }
    }
}
