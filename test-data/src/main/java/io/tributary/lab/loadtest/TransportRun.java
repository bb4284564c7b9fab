package io.tributary.lab.loadtest;

import io.tributary.config.PipelineConfig;
import io.tributary.lab.kafka.KafkaLabSpec;
import io.tributary.lab.load.IdentityScope;
import io.tributary.lab.load.Sender;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.lab.profile.Profile;
import io.tributary.lab.run.Children;
import io.tributary.lab.run.Console;
import io.tributary.lab.run.KafkaEnds;
import io.tributary.lab.run.LakeDirectory;
import io.tributary.lab.run.Sending;
import io.tributary.lab.run.Workload;
import io.tributary.lab.truth.TruthFiles;
import io.tributary.lab.truth.TruthWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Phase 1: the load of a profile, and a synthetic consumer for each data center in the pipeline's place. It tells what the
 * transport alone delivers and when, and how precise the generator is.
 */
final class TransportRun {

    private static final Duration AHEAD = Duration.ofSeconds(1);
    private static final Duration ARRIVES_WITHIN = Duration.ofMinutes(2);
    private static final long LOOK_NANOS = 100_000_000;

    private final LoadTestOptions options;
    private final ProjectRoot root;
    private final LakeDirectory directory;
    private final Children children;
    private final Clock clock;
    private final Console console;

    TransportRun(
            LoadTestOptions options,
            ProjectRoot root,
            LakeDirectory directory,
            Children children,
            Clock clock,
            Console console) {
        this.options = options;
        this.root = root;
        this.directory = directory;
        this.children = children;
        this.clock = clock;
        this.console = console;
    }

    /**
     * What phase 1 has shown.
     *
     * @param cpuSeconds of the brokers while the load was sent and received
     */
    record Outcome(Delivered delivered, SendTimes times, LoadStart start, double cpuSeconds) {}

    Outcome run(PipelineConfig config) {
        Profile profile = options.profile();
        ClustersOfRun clusters =
                ClustersOfRun.start(root, directory.lab().resolve("transport").resolve("kafka"), profile, children);
        console.say(
                "phase 1, synthetic consumers: Kafka of " + clusters.servers().size() + " data centers is up");
        Map<String, SyntheticConsumer> consumers = new TreeMap<>();
        clusters.servers()
                .forEach((name, servers) ->
                        consumers.put(name, new SyntheticConsumer(name, servers, KafkaLabSpec.TOPIC, clock)));
        consumers.values().forEach(SyntheticConsumer::start);
        TruthFiles truth = new TruthFiles(directory.lab().resolve("transport").resolve("truth"));
        LoadStart start = LoadStart.in(AHEAD, clock);
        ProfileLoad load = new ProfileLoad(
                profile, options.seed(), IdentityScope.of(config.dedup().scope()), start);
        CpuOf cpu = new CpuOf(clusters::processes);
        double before = cpu.seconds();
        try (TruthWriter writer = truth.open(1);
                Sender sender = new Sender(clusters.servers(), KafkaLabSpec.TOPIC, writer)) {
            Disturbances faults = new Disturbances(
                    profile.faults(),
                    fault -> fault.kind().isOfTransport(),
                    start,
                    new FaultSites(clusters, sender::silence, sender::resume, console::say));
            Sending disturbing = Sending.start(faults::run);
            Sending sending = Sending.start(goOn -> load.send(sender, goOn));
            await(consumers, clusters.servers(), sending, disturbing);
        } finally {
            consumers.values().forEach(SyntheticConsumer::close);
        }
        double used = cpu.seconds() - before;
        Delivered delivered = new Delivered(
                new OverTime(start.millis(), Buckets.of(profile).toMillis()),
                start.millis() + profile.warmUp().toMillis());
        truth.forEach(delivered::sent);
        consumers.forEach((name, consumer) -> consumer.forEach((partition, offset, appended, arrived, hash) ->
                delivered.received(name, partition, offset, appended, arrived, hash)));
        return new Outcome(delivered, load.times(), start, used);
    }

    /** Returns when everything is sent and received. */
    private void await(
            Map<String, SyntheticConsumer> consumers,
            Map<String, String> servers,
            Sending sending,
            Sending disturbing) {
        while (!sending.isDone() || !disturbing.isDone()) {
            children.throwIfClosed();
            throwIfFailed(consumers, sending, disturbing);
            LockSupport.parkNanos(LOOK_NANOS);
        }
        throwIfFailed(consumers, sending, disturbing);
        long wanted = KafkaEnds.of(servers, KafkaLabSpec.TOPIC).values().stream()
                .mapToLong(Long::longValue)
                .sum();
        long deadline = System.nanoTime() + ARRIVES_WITHIN.toNanos();
        while (received(consumers) < wanted && System.nanoTime() < deadline) {
            children.throwIfClosed();
            throwIfFailed(consumers, sending, disturbing);
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private static long received(Map<String, SyntheticConsumer> consumers) {
        return consumers.values().stream()
                .mapToLong(SyntheticConsumer::received)
                .sum();
    }

    private static void throwIfFailed(Map<String, SyntheticConsumer> consumers, Sending sending, Sending disturbing) {
        sending.failure().ifPresent(e -> fail("The load could not be sent", e));
        disturbing.failure().ifPresent(e -> fail("A fault could not be done", e));
        consumers.values().forEach(consumer -> consumer.failure().ifPresent(e -> fail("A consumer failed", e)));
    }

    private static void fail(String what, Throwable failure) {
        throw new IllegalStateException(Workload.trouble(what, failure), failure);
    }
}
