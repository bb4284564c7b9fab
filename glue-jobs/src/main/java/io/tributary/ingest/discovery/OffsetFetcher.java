package io.tributary.ingest.discovery;

import io.tributary.config.DataCenter;
import io.tributary.offsets.ReadProgress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Fetches the offsets of all data centers in parallel and waits no longer than a timeout. A data center that does not
 * answer contributes nothing to this batch. Its circuit breaker opens: from then on it is probed in the background, and
 * no trigger waits for it.
 */
public final class OffsetFetcher implements AutoCloseable {

    /** A Kafka cluster, as the offset fetch sees it. */
    public interface Cluster extends AutoCloseable {

        /**
         * Fetches the offset bounds; blocks until the cluster answers or the call fails.
         *
         * @param known the positions read so far, which are compared with the cluster's offsets
         */
        OffsetBounds reach(ReadProgress known) throws Exception;

        @Override
        void close();
    }

    /**
     * A data center that does not answer.
     *
     * @param cause in one line
     */
    public record Silence(Instant since, String cause) {}

    private final Function<DataCenter, Cluster> connect;
    private final Clock clock;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "tributary-inquiry");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, OffsetFetch> offsetFetcher = new HashMap<>();

    public OffsetFetcher(Function<DataCenter, Cluster> connect, Clock clock) {
        this.connect = connect;
        this.clock = clock;
    }

    /**
     * The answers that came in time, by data center.
     *
     * @param known the positions read so far
     */
    public SortedMap<String, OffsetBounds> ask(List<DataCenter> centers, ReadProgress known, Duration deadline)
            throws InterruptedException {
        forget(centers);
        for (DataCenter center : centers) {
            offsetFetcher
                    .computeIfAbsent(
                            center.name(), name -> new OffsetFetch(center, connect.apply(center), threads, clock))
                    .begin(known);
        }
        long end = System.nanoTime() + deadline.toNanos();
        SortedMap<String, OffsetBounds> answers = new TreeMap<>();
        for (DataCenter center : centers) {
            Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
            Optional<OffsetBounds> answer = offsetFetcher.get(center.name()).await(left);
            answer.ifPresent(reach -> answers.put(center.name(), reach));
        }
        return answers;
    }

    /** Those that were asked last and do not answer, by data center. */
    public SortedMap<String, Silence> silences() {
        SortedMap<String, Silence> silent = new TreeMap<>();
        offsetFetcher.forEach(
                (name, offsetFetch) -> offsetFetch.silence().ifPresent(silence -> silent.put(name, silence)));
        return silent;
    }

    /** Closes the connections of data centers that left or whose options changed. */
    private void forget(List<DataCenter> centers) {
        Map<String, DataCenter> wanted = centers.stream().collect(Collectors.toMap(DataCenter::name, center -> center));
        offsetFetcher.values().removeIf(offsetFetch -> {
            boolean gone = !offsetFetch.isOf(wanted.get(offsetFetch.name()));
            if (gone) {
                offsetFetch.close();
            }
            return gone;
        });
    }

    @Override
    public void close() {
        offsetFetcher.values().forEach(OffsetFetch::close);
        threads.shutdownNow();
    }
}
