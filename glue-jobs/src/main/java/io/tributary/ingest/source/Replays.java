package io.tributary.ingest.source;

import io.tributary.ingest.discovery.OffsetBounds;
import io.tributary.ingest.plan.BatchPlan;
import io.tributary.ingest.plan.ReplayPlanner;
import io.tributary.lake.replay.ReplayInput;
import io.tributary.lake.replay.ReplayRequest;
import io.tributary.lake.replay.ReplayRequests;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.ReplayTopic;
import io.tributary.offsets.TopicPartitionId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes up what operators ask to be read by the stream, and logs when a request begins and when it is done. */
final class Replays {

    private static final Logger LOG = LoggerFactory.getLogger(Replays.class);

    /** Triggers may come faster than operators ask. */
    private static final Duration MIN_INTERVAL = Duration.ofSeconds(10);

    private final ReplayRequests requests;
    private final long maxRecords;
    private final Set<String> running = new HashSet<>();
    private List<ReplayRequest> known = List.of();
    private Instant next = Instant.MIN;

    /** @param maxRecords that a batch may read by request */
    Replays(ReplayRequests requests, long maxRecords) {
        this.requests = requests;
        this.maxRecords = maxRecords;
    }

    /**
     * What the next batch reads by request.
     *
     * @param before positions and pending ranges before the batch
     * @param answers of the data centers that are read and answered
     * @param isResting which partitions could not be read and are to be left out for a while
     */
    BatchPlan plan(
            Instant now,
            ReadProgress before,
            Map<String, OffsetBounds> answers,
            Predicate<TopicPartitionId> isResting) {
        return ReplayPlanner.plan(open(now, before), before, answers, isResting, maxRecords);
    }

    private List<ReplayRequest> open(Instant now, ReadProgress before) {
        if (!now.isBefore(next)) {
            next = now.plus(MIN_INTERVAL);
            try {
                known = requests.all();
            } catch (RuntimeException e) {
                LOG.warn(
                        "ingest[replays]: what is to be replayed cannot be listed; replays wait, everything else goes"
                                + " on: {}",
                        e.getMessage());
            }
        }
        known.forEach(request -> tell(request, before));
        return known.stream().filter(request -> !request.isDone(before)).toList();
    }

    private void tell(ReplayRequest request, ReadProgress before) {
        if (!request.isDone(before)) {
            if (running.add(request.id())) {
                LOG.info(
                        "ingest[replay={}]: {} {}, as {} asked at {}",
                        request.id(),
                        request.isBegun(before) ? "goes on with" : "begins with",
                        request.what(),
                        request.by(),
                        request.at());
            }
        } else if (running.remove(request.id())) {
            LOG.info(
                    "ingest[replay={}]: is done; scripts/tributary quarantine list says what came of it", request.id());
        }
    }

    /** The input that a range is part of; empty if its request is gone. */
    Optional<ReplayInput> input(TopicPartitionId partition) {
        return ReplayTopic.request(partition.topic()).flatMap(requests::find).flatMap(found -> found.input(partition));
    }
}
