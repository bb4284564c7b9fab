package io.tributary.operations.datacenter.check;

import io.tributary.config.DataCenter;
import io.tributary.config.PipelineConfig;
import io.tributary.config.Secrets;
import io.tributary.error.InvalidInputException;
import io.tributary.ingest.decode.RecordDecoder;
import io.tributary.ingest.discovery.KafkaErrors;
import io.tributary.ingest.format.RegistryUnavailableException;
import io.tributary.operations.datacenter.check.BrokerConnections.Address;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.common.KafkaException;

/**
 * Dials a data center as the stream will.
 *
 * <pre>
 *  brokers ─► login, cluster, one for all ─► topics ─► backlog, retention ─► a sample of records through the decoder
 *  none answers: what follows is not asked
 * </pre>
 *
 * It takes no longer than its deadline, and says what it did not get to.
 */
public final class ClusterCheck {

    private final Secrets secrets;
    private final PipelineConfig config;
    private final Clock clock;
    private final Duration deadline;
    private final List<DataCenter> others;

    /**
     * @param deadline for everything together
     * @param others all entries of the data-centers file
     */
    public ClusterCheck(
            Secrets secrets, PipelineConfig config, Clock clock, Duration deadline, List<DataCenter> others) {
        this.secrets = secrets;
        this.config = config;
        this.clock = clock;
        this.deadline = deadline;
        this.others = List.copyOf(others);
    }

    /**
     * What was found out, in the order of the way.
     *
     * @param sample how many of the newest records to read at most
     * @param rate records a second that the stream reads of it at most
     */
    public List<CheckResult> results(DataCenter center, int sample, long rate) {
        // Written by the thread that dials, read when the time is over.
        List<CheckResult> results = java.util.Collections.synchronizedList(new ArrayList<>());
        ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
            Thread daemon = new Thread(task, "dc-check-" + center.name());
            daemon.setDaemon(true);
            return daemon;
        });
        try {
            Future<?> dialed = thread.submit(() -> {
                dial(center, sample, rate, results);
                return null;
            });
            dialed.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            results.add(CheckResult.unknown(
                    "time",
                    "not everything could be asked within " + Times.words(deadline),
                    "give it longer with --timeout"));
        } catch (ExecutionException e) {
            results.add(failure(center, e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking " + center.name(), e);
        } finally {
            thread.shutdownNow();
        }
        synchronized (results) {
            return List.copyOf(results);
        }
    }

    private void dial(DataCenter center, int sample, long rate, List<CheckResult> results) throws Exception {
        Duration step = deadline.dividedBy(4);
        List<String> servers = List.of(center.bootstrapServers().split(",", -1));
        List<CheckResult> brokers = BrokerConnections.results(
                servers.stream().map(server -> new Address(server, server)).toList(), step);
        results.addAll(brokers);
        if (brokers.stream().allMatch(CheckResult::isFailure)) {
            results.add(
                    CheckResult.unknown("cluster", "nothing else can be asked, since no broker takes connections", ""));
            return;
        }
        try (ClusterProbe cluster = ClusterProbe.open(center, secrets, step)) {
            results.addAll(cluster.identify());
            if (!cluster.isIdentified()) {
                return;
            }
            if (servers.size() > 1) {
                List<String> answering = IntStream.range(0, servers.size())
                        .filter(index -> !brokers.get(index).isFailure())
                        .mapToObj(servers::get)
                        .toList();
                List<CheckResult> ids = ClusterIds.results(center, answering, secrets, step);
                results.addAll(ids);
                if (ids.stream().anyMatch(CheckResult::isFailure)) {
                    // Each client would reach one or the other, so that nothing it answers says anything.
                    return;
                }
            }
            results.addAll(SharedTopics.results(center, others));
            results.addAll(cluster.describeTopics());
            if (cluster.partitions().isEmpty()) {
                return;
            }
            PartitionEnds ends = cluster.ends(clock.instant());
            try (SampleReader reader = SampleReader.open(center, config, secrets, step)) {
                results.addAll(cluster.backlog(
                                ends,
                                reader.first(ends.earliest(), ends.latest()),
                                reader.first(ends.start(), ends.latest()),
                                rate)
                        .results(clock.instant()));
                results.addAll(RecordSample.of(
                                reader.newest(ends.earliest(), ends.latest(), sample),
                                decoders(center),
                                center.name(),
                                clock.instant())
                        .results(clock.instant()));
            }
        }
    }

    private Function<String, RecordDecoder> decoders(DataCenter center) {
        Map<String, RecordDecoder> known = new HashMap<>();
        return topic -> known.computeIfAbsent(topic, name -> RecordDecoder.of(config, center, name));
    }

    private static CheckResult failure(DataCenter center, Throwable cause) {
        if (cause instanceof RegistryUnavailableException registry) {
            return CheckResult.fail(
                    "registry",
                    registry.getMessage(),
                    "correct registry in the entry of the data center, or let the registry answer");
        }
        if (cause instanceof InvalidInputException secret) {
            return CheckResult.fail("login", secret.getMessage(), "");
        }
        if (cause instanceof ExecutionException || cause instanceof TimeoutException) {
            return Failures.result(center, cause);
        }
        if (cause instanceof KafkaException || cause instanceof java.io.IOException) {
            return Failures.result(center, cause);
        }
        throw new IllegalStateException(
                "the check of " + center.name() + " failed: " + KafkaErrors.describe(cause), cause);
    }
}
