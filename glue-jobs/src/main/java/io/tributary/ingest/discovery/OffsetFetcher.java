package io.tributary.ingest.discovery;

import io.tributary.config.DataCenter;
import io.tributary.offsets.ReadProgress;
import io.tributary.offsets.TopicIdentity;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

        /** What its topics are now, by name; blocks as {@link #reach} does, and may run beside it. */
        SortedMap<String, TopicIdentity> identities() throws Exception;

        @Override
        void close();
    }

    /**
     * A data center that does not answer.
     *
     * @param cause in one line
     */
    public record Silence(Instant since, String cause) {}

    private static final Logger LOG = LoggerFactory.getLogger(OffsetFetcher.class);

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

    /**
     * What the topics of data centers are now: each is asked anew, and the answers that came in time are given. A data
     * center that does not answer is asked no less at the next trigger for that.
     */
    public SortedMap<String, SortedMap<String, TopicIdentity>> identities(Set<String> names, Duration deadline)
            throws InterruptedException {
        SortedMap<String, CompletableFuture<SortedMap<String, TopicIdentity>>> asked = new TreeMap<>();
        names.stream()
                .filter(offsetFetcher::containsKey)
                .forEach(name -> asked.put(name, offsetFetcher.get(name).identities()));
        long end = System.nanoTime() + deadline.toNanos();
        SortedMap<String, SortedMap<String, TopicIdentity>> answers = new TreeMap<>();
        for (Map.Entry<String, CompletableFuture<SortedMap<String, TopicIdentity>>> question : asked.entrySet()) {
            try {
                long left = Math.max(0, end - System.nanoTime());
                answers.put(question.getKey(), question.getValue().get(left, TimeUnit.NANOSECONDS));
            } catch (ExecutionException | TimeoutException e) {
                LOG.debug("ingest[dc={}]: did not say what its topics are", question.getKey(), e);
            }
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
